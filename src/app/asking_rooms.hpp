// What requests and partnerships need while a site is served. Borrows what it is given; answers that are owed are
// looked at each hour by a job.
#pragma once

#include "access/access.hpp"
#include "cli/workplace.hpp"
#include "files/files.hpp"
#include "jobs/jobs.hpp"
#include "mail/mail.hpp"
#include "pages/pages.hpp"
#include "partnerships/publication.hpp"
#include "requests/answer_links.hpp"
#include "requests/routing.hpp"

namespace pitchblende::app {

class AskingRooms {
 public:
  AskingRooms(cli::Workplace& place, const access::Access& access, const files::Files& files,
              const std::string& secret);
  AskingRooms(const AskingRooms&) = delete;
  AskingRooms& operator=(const AskingRooms&) = delete;

  pages::Asking asking() { return {&m_requests, &m_substitutes, &m_routing, &m_files, &m_answer_links}; }
  pages::Partnering partnering();
  // Before a Worker starts. Error: the store's.
  Result<void> begin(jobs::Jobs& jobs, const pages::Pages& pages, mail::Postman& postman);
  // What is not kept any longer.
  Result<void> forget_old();

 private:
  cli::Workplace& m_place;
  const files::Files& m_files;
  requests::Requests m_requests;
  requests::AnswerLinks m_answer_links;
  requests::Substitutes m_substitutes;
  requests::Routing m_routing;
  partnerships::Partnerships m_partnerships;
  partnerships::Publisher m_publisher;
};

}  // namespace pitchblende::app

// A row under a mapping: its cells by the mapping's columns, and templates filled from them. Inside sources. One
// thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/mappings/mapping.hpp"

namespace pitchblende::sources {

class MappedCells {
 public:
  using OnProblem = std::function<void(const std::string& column, std::string_view text, Error error)>;

  // `institution`: what {@institution} stands for.
  MappedCells(const Mapping& mapping, std::string institution)
      : m_mapping(mapping), m_institution(std::move(institution)), m_values(mapping.columns.size()) {}

  // `place_of_column`: for each column of the mapping the cell that it reads, or -1.
  void set(const std::vector<std::string>& cells, const std::vector<int>& place_of_column, const OnProblem& problem);

  // Lists take the element `at` from now on; the bound ones stay on theirs.
  void bind(const std::vector<int>& columns, size_t at);
  void unbind();
  void walk(size_t at) { m_at = at; }
  // Elements of the longest of these lists; 1 when there are no lists.
  size_t longest(const std::vector<int>& lists) const;
  // Whether two of these lists have elements, and not equally many.
  bool differ(const std::vector<int>& lists) const;

  // Empty: absent.
  std::string fill(const Template& pattern) const;
  std::string fill_first(const std::vector<Template>& alternatives) const;
  bool holds(const Condition& condition) const;

 private:
  // The element that is looked at now.
  std::string_view value(int column) const;
  std::string apply(const std::vector<Step>& steps, std::string text) const;
  void stepped(const Step& step, std::string& text) const;
  void cut_or_looked_up(const Step& step, std::string& text) const;
  bool says_nothing(const Column& column, std::string_view text) const;

  const Mapping& m_mapping;
  std::string m_institution;
  std::vector<std::vector<std::string>> m_values;  // by column; empty: absent; one element unless it is a list
  std::vector<int> m_bound;
  size_t m_bound_at = 0;
  size_t m_at = 0;
};

}  // namespace pitchblende::sources

// The elements of PubMed's XML that the reader knows, as an enum. Inside sources. Pure, any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace pitchblende::sources::pubmed {

// Named as in the file.
// A list of words: clang-format would indent it as nested calls.
// clang-format off
#define PB_PUBMED_TAGS(X)                                                                                             \
  X(Abstract) X(AbstractText) X(AccessionNumber) X(AccessionNumberList) X(Acronym) X(Affiliation)                     \
  X(AffiliationInfo) X(Agency) X(Article) X(ArticleDate) X(ArticleId) X(ArticleIdList) X(ArticleTitle) X(Author)      \
  X(AuthorList) X(Book) X(BookDocument) X(BookTitle) X(Chemical) X(ChemicalList) X(CoiStatement) X(CollectionTitle)   \
  X(CollectiveName) X(CommentsCorrections) X(CommentsCorrectionsList) X(CopyrightInformation) X(Country)              \
  X(DataBank) X(DataBankList) X(DataBankName) X(DateRevised) X(Day) X(DescriptorName) X(ELocationID) X(EndPage)       \
  X(ForeName) X(GeneSymbol) X(GeneSymbolList) X(Grant) X(GrantID) X(GrantList) X(History) X(ISOAbbreviation)          \
  X(ISSN) X(ISSNLinking) X(Identifier) X(Initials) X(Investigator) X(InvestigatorList) X(Isbn) X(Issue) X(Journal)    \
  X(JournalIssue) X(Keyword) X(KeywordList) X(Language) X(LastName) X(MedlineCitation) X(MedlineDate)                 \
  X(MedlineJournalInfo) X(MedlinePgn) X(MedlineTA) X(MeshHeading) X(MeshHeadingList) X(Month) X(NameOfSubstance)      \
  X(NlmUniqueID) X(Note) X(OtherAbstract) X(PMID) X(Pagination) X(PubDate) X(PubMedPubDate) X(PublicationStatus)      \
  X(PublicationType) X(PublicationTypeList) X(Publisher) X(PublisherName) X(PubmedBookData) X(PubmedData)             \
  X(QualifierName) X(RefSource) X(Reference) X(ReferenceList) X(RegistryNumber) X(Season) X(StartPage) X(Suffix)      \
  X(SupplMeshList) X(SupplMeshName) X(Title) X(VernacularTitle) X(Volume) X(Year)
// clang-format on

enum class Tag : uint8_t {
  none,   // the open element has ended
  other,  // not known
#define PB_TAG(name) name,
  PB_PUBMED_TAGS(PB_TAG)
#undef PB_TAG
};

// At least 16 bytes may be read from the beginning of the name on.
Tag tag_of(std::string_view name);

}  // namespace pitchblende::sources::pubmed

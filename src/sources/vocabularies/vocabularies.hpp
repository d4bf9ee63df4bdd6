// Vocabularies as their makers publish them: each term becomes a concept with its names in every language, and what is
// right above it. Inside sources. docs/rules/search.md, 6.
//
// A reader is used by one thread; different readers are independent.
#pragma once

#include <memory>
#include <string>

#include "sources/source.hpp"

namespace pitchblende::sources {

// OBO 1.2 and 1.4 (Human Phenotype Ontology, Disease Ontology, PSI-MS…): one term at a time. Exact synonyms only: a
// broader or narrower one is no other name. Obsolete terms are passed over.
std::unique_ptr<Reader> make_obo_reader(const Settings& settings);
Result<void> read_obo(ByteStream& bytes, const std::string& file, RecordSink& sink);

// Medical Subject Headings: descriptors in XML or ASCII, or the table of tree numbers (Tree Number, Desc Ui, Term).
std::unique_ptr<Reader> make_mesh_reader(const Settings& settings);
Result<void> read_mesh(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink);

// OncoTree: its tree or its list, JSON.
std::unique_ptr<Reader> make_oncotree_reader(const Settings& settings);
Result<void> read_oncotree(ByteStream& bytes, const std::string& file, RecordSink& sink);

// Translations of an OBO vocabulary: Babelon tables, or tables of synonyms (subject_id, translation_value).
std::unique_ptr<Reader> make_babelon_reader(const Settings& settings);
Result<void> read_babelon(ByteStream& bytes, const std::string& file, RecordSink& sink);

// SKOS in Turtle or N-Triples.
std::unique_ptr<Reader> make_skos_reader(const Settings& settings);
Result<void> read_skos(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink);

}  // namespace pitchblende::sources

# Every statement of the source stands on its page, in both languages: docs/source.md, src/demo/facts_said.cpp.
facts

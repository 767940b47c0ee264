#include "core/project/decision_parts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "core/data/group_kind.h"

namespace discern::project {
namespace {

using Parts = std::vector<DecisionPart>;

// A deed in words, {} for each name; parts of one sentence come by their place in it, each place once.
struct Phrase {
  Deed deed;
  DeedOf of;
  int place;
  std::string_view text;
};
constexpr int kAlone = 6;
constexpr std::array<Phrase, kDeeds> kPhrases{{
    {Deed::TakeImagesIn, DeedOf::Images, 0, "take back in"},
    {Deed::LeaveOutOfTemplates, DeedOf::Images, 0, "leave out of templates"},
    {Deed::LeaveOutOfEverything, DeedOf::Images, 0, "leave out of everything"},
    {Deed::MoveTo, DeedOf::Images, 1, "move to {}"},
    {Deed::MoveBack, DeedOf::Images, 1, "move back"},
    {Deed::MarkRight, DeedOf::Images, 2, "mark right"},
    {Deed::MarkWrong, DeedOf::Images, 2, "mark wrong"},
    {Deed::MarkUnsure, DeedOf::Images, 2, "mark unsure"},
    {Deed::NoVerdict, DeedOf::Images, 2, "no verdict"},
    {Deed::Tag, DeedOf::Images, 3, "tag {}"},
    {Deed::Untag, DeedOf::Images, 4, "untag {}"},
    {Deed::Note, DeedOf::Images, 5, "note"},
    {Deed::ClearNote, DeedOf::Images, 5, "clear note"},
    {Deed::MarksOf, DeedOf::Images, kAlone, "marks of {}"},
    {Deed::RoleTrain, DeedOf::Identities, kAlone, "role train"},
    {Deed::RoleTest, DeedOf::Identities, kAlone, "role test"},
    {Deed::RolePool, DeedOf::Identities, kAlone, "role pool"},
    {Deed::Exclude, DeedOf::Identities, kAlone, "exclude"},
    {Deed::TakeIdentitiesIn, DeedOf::Identities, kAlone, "take back in"},
    {Deed::Merge, DeedOf::Names, kAlone, "merge {} into {}"},
    {Deed::TakeMergeBack, DeedOf::Names, kAlone, "take the merge of {} back"},
    {Deed::Different, DeedOf::Names, kAlone, "different: {} and {}"},
    {Deed::UnsurePair, DeedOf::Names, kAlone, "unsure: {} and {}"},
    {Deed::NoPairVerdict, DeedOf::Names, kAlone, "no verdict: {} and {}"},
}};
constexpr std::string_view kName = "{}", kComma = ", ", kColon = ": ";

const Phrase& phraseOf(Deed deed) { return kPhrases[static_cast<std::size_t>(deed)]; }

data::Word wordOf(DeedOf of) {
  return of == DeedOf::Images ? data::Word{"image", "images"} : data::Word{"identity", "identities"};
}

std::string phraseText(const DecisionPart& part) {
  std::string_view rest = phraseOf(part.deed).text;
  std::string text;
  for (const std::string& name : part.names) {
    const auto at = rest.find(kName);
    if (at == std::string_view::npos) break;
    text.append(rest.substr(0, at)).append(name);
    rest.remove_prefix(at + kName.size());
  }
  return text.append(rest);
}

// Behind the colon: how many of such a word, or none.
std::optional<std::int64_t> countOf(std::string_view text, const data::Word& word) {
  std::int64_t count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  if (read.ec != std::errc() || count < 0 || text != data::counted(word, count)) return std::nullopt;
  return count;
}

// Names between the literal parts of a phrase that is all of `text`; none: it is another one.
std::optional<std::vector<std::string>> namesIn(std::string_view text, std::string_view phrase) {
  std::vector<std::string> names;
  for (auto at = phrase.find(kName); at != std::string_view::npos; at = phrase.find(kName)) {
    if (!text.starts_with(phrase.substr(0, at))) return std::nullopt;
    text.remove_prefix(at);
    phrase.remove_prefix(at + kName.size());
    const std::string_view next = phrase.substr(0, phrase.find(kName));
    const bool last = next.size() == phrase.size();
    if (last && !text.ends_with(next)) return std::nullopt;
    const auto end = last ? text.size() - next.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  if (text != phrase) return std::nullopt;
  return names;
}

std::optional<Parts> imageParts(std::string_view text, int place);

// After a part: nothing, or a comma and parts of later places.
std::optional<Parts> following(std::string_view text, int place) {
  if (text.empty()) return Parts();
  if (!text.starts_with(kComma)) return std::nullopt;
  return imageParts(text.substr(kComma.size()), place + 1);
}

std::optional<Parts> imageParts(std::string_view text, int place) {
  for (const Phrase& phrase : kPhrases) {
    const std::string_view start = phrase.text.substr(0, phrase.text.find(kName));
    if (phrase.of != DeedOf::Images || phrase.place < place || phrase.place == kAlone ||
        !text.starts_with(start))
      continue;
    const bool isNamed = start.size() < phrase.text.size();
    // A name may hold commas, as a list of tags does: it ends at the first one that another part is behind.
    for (std::size_t end = start.size(); end < text.size() || !isNamed;) {
      if (isNamed) end = std::min(text.find(kComma, end + 1), text.size());
      if (auto parts = following(text.substr(end), phrase.place)) {
        DecisionPart part{phrase.deed, {}};
        if (isNamed) part.names.emplace_back(text.substr(start.size(), end - start.size()));
        parts->insert(parts->begin(), std::move(part));
        return parts;
      }
      if (!isNamed) break;
    }
  }
  return std::nullopt;
}

std::optional<Parts> aloneOf(std::string_view text, DeedOf of) {
  for (const Phrase& phrase : kPhrases)
    if (phrase.of == of && phrase.place == kAlone)
      if (auto names = namesIn(text, phrase.text)) return Parts{DecisionPart{phrase.deed, std::move(*names)}};
  return std::nullopt;
}

}  // namespace

DeedOf subjectOf(Deed deed) { return phraseOf(deed).of; }

Deed deedOf(LeftOut leftOut) {
  return leftOut == LeftOut::Nothing     ? Deed::TakeImagesIn
         : leftOut == LeftOut::Templates ? Deed::LeaveOutOfTemplates
                                         : Deed::LeaveOutOfEverything;
}

Deed deedOf(Verdict verdict) {
  return verdict == Verdict::None    ? Deed::NoVerdict
         : verdict == Verdict::Right ? Deed::MarkRight
         : verdict == Verdict::Wrong ? Deed::MarkWrong
                                     : Deed::MarkUnsure;
}

Deed deedOf(Role role) {
  return role == Role::Train ? Deed::RoleTrain : role == Role::Test ? Deed::RoleTest : Deed::RolePool;
}

Deed deedOf(PairVerdict verdict) {
  return verdict == PairVerdict::None        ? Deed::NoPairVerdict
         : verdict == PairVerdict::Different ? Deed::Different
                                             : Deed::UnsurePair;
}

std::string textOf(const DecisionParts& said) {
  std::string text;
  for (const DecisionPart& part : said.parts)
    text.append(text.empty() ? "" : kComma).append(phraseText(part));
  const DeedOf of = said.parts.empty() ? DeedOf::Images : subjectOf(said.parts.front().deed);
  if (of == DeedOf::Names) return text;
  return text.append(kColon).append(data::counted(wordOf(of), said.count));
}

std::optional<DecisionParts> partsOf(const std::string& what) {
  const std::string_view text(what);
  if (const auto colon = text.rfind(kColon); colon != std::string_view::npos)
    for (const DeedOf of : {DeedOf::Images, DeedOf::Identities}) {
      const auto count = countOf(text.substr(colon + kColon.size()), wordOf(of));
      if (!count) continue;
      auto parts = aloneOf(text.substr(0, colon), of);
      if (!parts && of == DeedOf::Images) parts = imageParts(text.substr(0, colon), 0);
      if (parts) return DecisionParts{std::move(*parts), *count};
    }
  if (auto parts = aloneOf(text, DeedOf::Names)) return DecisionParts{std::move(*parts), 0};
  return std::nullopt;
}

}  // namespace discern::project

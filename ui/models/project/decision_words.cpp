#include "ui/models/project/decision_words.h"

#include <QLocale>
#include <QStringList>

#include "core/project/decision_parts.h"
#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"

namespace discern::ui {
namespace {

using project::Deed;
using project::DeedOf;

QString imageDeed(Deed deed) {
  switch (deed) {
    case Deed::TakeImagesIn:
      return Words::tr("take back in");
    case Deed::LeaveOutOfTemplates:
      return Words::tr("leave out of {groups}");
    case Deed::LeaveOutOfEverything:
      return Words::tr("leave out of everything");
    case Deed::MoveTo:
      return Words::tr("move to %1");
    case Deed::MoveBack:
      return Words::tr("move back");
    case Deed::MarkRight:
      return Words::tr("mark right");
    case Deed::MarkWrong:
      return Words::tr("mark wrong");
    case Deed::MarkUnsure:
      return Words::tr("mark unsure");
    case Deed::NoVerdict:
      return Words::tr("no verdict");
    case Deed::Tag:
      return Words::tr("tag %1");
    case Deed::Untag:
      return Words::tr("untag %1");
    case Deed::Note:
      return Words::tr("note");
    case Deed::ClearNote:
      return Words::tr("clear note");
    case Deed::MarksOf:
      return Words::tr("marks of %1");
    default:
      return {};
  }
}

QString peopleDeed(Deed deed) {
  switch (deed) {
    case Deed::RoleTrain:
      return Words::tr("role train");
    case Deed::RoleTest:
      return Words::tr("role test");
    case Deed::RolePool:
      return Words::tr("role pool");
    case Deed::Exclude:
      return Words::tr("exclude");
    case Deed::TakeIdentitiesIn:
      return Words::tr("take back in");
    case Deed::Merge:
      return Words::tr("merge %1 into %2");
    case Deed::TakeMergeBack:
      return Words::tr("take the merge of %1 back");
    case Deed::Different:
      return Words::tr("different: %1 and %2");
    case Deed::UnsurePair:
      return Words::tr("unsure: %1 and %2");
    case Deed::NoPairVerdict:
      return Words::tr("no verdict: %1 and %2");
    default:
      return {};
  }
}

// Names are put in last: what looks like a place in one is none.
QString partWords(const data::GroupKind& kind, const project::DecisionPart& part) {
  const bool isOfImages = project::subjectOf(part.deed) == DeedOf::Images;
  const QString text = inWords(kind, isOfImages ? imageDeed(part.deed) : peopleDeed(part.deed));
  const auto name = [&part](std::size_t i) { return QString::fromStdString(part.names.at(i)); };
  return part.names.empty() ? text : part.names.size() == 1 ? text.arg(name(0)) : text.arg(name(0), name(1));
}

}  // namespace

QString decisionWords(const data::GroupKind& kind, const std::string& what) {
  const auto said = project::partsOf(what);
  if (!said) return QString::fromStdString(what);
  QStringList parts;
  for (const auto& part : said->parts) parts << partWords(kind, part);
  const QString all = parts.join(QStringLiteral(", "));
  const DeedOf of = project::subjectOf(said->parts.front().deed);
  if (of == DeedOf::Names) return all;
  const bool isOfImages = of == DeedOf::Images;
  if (said->count == 1)
    return inWords(kind, isOfImages ? Words::tr("%1: 1 {sample}") : Words::tr("%1: 1 {identity}")).arg(all);
  return inWords(kind, isOfImages ? Words::tr("%1: %2 {samples}") : Words::tr("%1: %2 {identities}"))
      .arg(all, QLocale().toString(qlonglong(said->count)));
}

}  // namespace discern::ui

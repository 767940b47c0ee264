#include "core/jobs/mark.h"

#include "core/project/mark.h"

namespace discern::jobs {

const Fields<MarkOptions>& markFields() {
  static const Fields<MarkOptions> fields = [] {
    using O = MarkOptions;
    Fields<O> f;
    f.add("samples", &O::samples, "Images", "Numbers of images, as the Inspector shows them: 3,7-9");
    f.add("images", &O::images, "List of images",
          "A file with a path a line, or a CSV with a column path or sample, instead")
        .file();
    f.add("leave-out", &O::leaveOut, "Leave out", "Of what they are left out")
        .oneOf(field_text::choicesOf<project::LeftOut>)
        .whenEmpty("as it is");
    f.add("move-to", &O::moveTo, "Move to", "Identity (or SET/NAME) that they are of").whenEmpty("as it is");
    f.add("move-back", &O::moveBack, "Move back", "They are of the identity that their data set says");
    f.add("verdict", &O::verdict, "Verdict", "What a look at them says")
        .oneOf(field_text::choicesOf<project::Verdict>)
        .whenEmpty("as it is");
    f.add("tag", &O::tag, "Tag", "Words to find them by, comma-separated: added").whenEmpty("none");
    f.add("untag", &O::untag, "Untag", "Words that are taken away").whenEmpty("none");
    f.add("note", &O::note, "Note", "A sentence about them").whenEmpty("as it is");
    f.add("clear-note", &O::clearNote, "Clear note", "Take their notes away");
    f.add("from", &O::from, "Marks", "Decisions of a marks.csv, as export writes it, by path or number")
        .whenEmpty("none")
        .file();
    f.add("undo", &O::undo, "Undo", "Take the newest decision back");
    f.add("redo", &O::redo, "Redo", "Make the decision again that was taken back");
    f.add("history", &O::history, "History", "List all decisions with their times");
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

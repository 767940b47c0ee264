#include "core/jobs/data_jobs.h"

#include <algorithm>

#include "core/aggregation/names.h"
#include "core/data/lengths.h"
#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<RoleOptions>& roleFields() {
  static const Fields<RoleOptions> fields = [] {
    using O = RoleOptions;
    Fields<O> f;
    f.add("identity", &O::identities, "Identities", "Identities (or SET/NAME), comma-separated");
    f.add("set", &O::set, "Set", "All identities of this set instead").from(FieldSource::Sets);
    f.add("protocol", &O::protocol, "Protocol", "All identities of this protocol's templates instead")
        .from(FieldSource::Protocols);
    f.add("min-images", &O::minImages, "Least images",
          "Of a set or protocol: only those with at least this many images")
        .atLeast(0);
    f.add("count", &O::count, "Count",
          "Of a set or protocol: so many of those identities, drawn at random; 0: all")
        .atLeast(0);
    f.add("seed", &O::seed, "Seed", "Of the draw");
    f.add("role", &O::role, "Role", "What they are for").needed();
    return f;
  }();
  return fields;
}

const Fields<MergeOptions>& mergeFields() {
  static const Fields<MergeOptions> fields = [] {
    using O = MergeOptions;
    Fields<O> f;
    f.add("from", &O::from, "From", "Identity (or SET/NAME) that goes into the other").needed();
    f.add("into", &O::into, "Into", "Identity it goes into").whenEmpty("take a merge back");
    return f;
  }();
  return fields;
}

const Fields<ExcludeOptions>& excludeFields() {
  static const Fields<ExcludeOptions> fields = [] {
    using O = ExcludeOptions;
    Fields<O> f;
    f.add("identity", &O::identities, "Identities", "Identities (or SET/NAME), comma-separated").needed();
    f.add("undo", &O::undo, "Undo", "Take them back in");
    return f;
  }();
  return fields;
}

const Fields<RenameOptions>& renameFields() {
  static const Fields<RenameOptions> fields = [] {
    using O = RenameOptions;
    Fields<O> f;
    f.add("kind", &O::kind, "Kind", "What gets another name").needed();
    f.add("name", &O::name, "Name", "What it is called now").needed();
    f.add("to", &O::to, "New name", "What it is called then").needed();
    return f;
  }();
  return fields;
}

const Fields<RemoveOptions>& removeFields() {
  static const Fields<RemoveOptions> fields = [] {
    using O = RemoveOptions;
    Fields<O> f;
    f.add("kind", &O::kind, "Kind", "What leaves the project").needed();
    f.add("name", &O::name, "Name", "Its name, of a run the number; images stay on the disk").needed();
    return f;
  }();
  return fields;
}

const Fields<RepointOptions>& repointFields() {
  static const Fields<RepointOptions> fields = [] {
    using O = RepointOptions;
    Fields<O> f;
    f.add("set", &O::set, "Set", "Whose images have moved").from(FieldSource::Sets).needed();
    f.add("to", &O::to, "To", "The folder that they are in now, or the container file").folder().needed();
    return f;
  }();
  return fields;
}

const Fields<RefreshOptions>& refreshFields() {
  static const Fields<RefreshOptions> fields = [] {
    using O = RefreshOptions;
    Fields<O> f;
    f.add("set", &O::set, "Set", "Only its images").whenEmpty("all").from(FieldSource::Sets);
    return f;
  }();
  return fields;
}

const Fields<AlignOptions>& alignFields() {
  static const Fields<AlignOptions> fields = [] {
    using O = AlignOptions;
    Fields<O> f;
    f.add("sample", &O::sample, "Sample", "Number of the image, as the Inspector shows it")
        .atLeast(0)
        .positioned();
    f.add("landmarks", &O::landmarks, "Landmarks",
          "x1,y1,... in pixels of the photograph: eye on its left, other eye, nose, corner of the mouth on "
          "its "
          "left, other corner")
        .needed();
    return f;
  }();
  return fields;
}

bool ExportOptions::asks(ExportPart part) const {
  return std::ranges::find(what, part) != what.end() && !(numbersOnly && part == ExportPart::Charts);
}

bool ExportOptions::asksForKept() const {
  return std::ranges::any_of(what, [](ExportPart part) {
    return part != ExportPart::Numbers && part != ExportPart::Charts && part != ExportPart::Marks;
  });
}

const Fields<ExportOptions>& exportFields() {
  static const Fields<ExportOptions> fields = [] {
    using O = ExportOptions;
    Fields<O> f;
    f.add("out", &O::out, "Folder", "Folder to write to").whenEmpty("PROJECT/exports").folder();
    f.add("what", &O::what, "What", "What is written");
    f.add("kept", &O::kept, "Kept",
          "Which images are kept: point (above the operating point's threshold), all, or SELECTION@LAMBDA "
          "or SELECTION@80% (without @ the lambda or share that the window shows)");
    f.add("set", &O::set, "Set", "Of these lists, records and trees: only images of this set")
        .whenEmpty("all")
        .from(FieldSource::Sets);
    f.add("protocol", &O::protocol, "Protocol", "Which protocol")
        .whenEmpty("the operating point's")
        .from(FieldSource::Protocols);
    f.add("features", &O::features, "Features", "Which features")
        .whenEmpty("the operating point's")
        .from(FieldSource::Features);
    f.add("tree-files", &O::treeFiles, "Files of the tree", "What the files of the tree are");
    f.add("numbers-only", &O::numbersOnly, "Numbers only", "Do not have discern-workbench draw the charts");
    return f;
  }();
  return fields;
}

const Fields<ImportWeightsOptions>& importWeightsFields() {
  static const Fields<ImportWeightsOptions> fields = [] {
    using O = ImportWeightsOptions;
    Fields<O> f;
    f.add("npz", &O::npz, "File", "Tensors by the state dict's own names").file().positioned();
    f.add("architecture", &O::architecture, "Architecture", "Whose weights they are")
        .oneOf(importableArchitectures)
        .needed();
    f.add("out", &O::out, "Checkpoint", "Checkpoint to write")
        .whenEmpty("the .npz with the ending .safetensors")
        .file();
    f.add("size", &O::size, "Input size",
          "Side of what it will see, of a network that takes several; 0: the usual one")
        .within(0, 1024)
        .in("pixels");
    f.add("frames", &O::frames, "Frames", "Of a clip it will see; 0: the usual number").within(0, 256);
    return f;
  }();
  return fields;
}

const Fields<ConvertOptions>& convertFields() {
  static const Fields<ConvertOptions> fields = [] {
    using O = ConvertOptions;
    Fields<O> f;
    f.add("path", &O::path, "File", "A checkpoint, or a project folder for all that is in its checkpoints/")
        .file()
        .positioned();
    return f;
  }();
  return fields;
}

const Fields<PointOptions>& pointFields() {
  static const Fields<PointOptions> fields = [] {
    using O = PointOptions;
    Fields<O> f;
    f.add("features", &O::features, "Features", "Feature table")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("scores", &O::scores, "Scores", "Score table whose threshold drops images")
        .whenEmpty("the newest")
        .from(FieldSource::Scores);
    f.add("weights", &O::weights, "Weights", "Score table (a head's) that weighs the images which stay")
        .whenEmpty("the scores themselves")
        .from(FieldSource::Scores);
    f.add("protocol", &O::protocol, "Protocol", "Protocol that accuracy is measured on")
        .whenEmpty("the newest")
        .from(FieldSource::Protocols);
    f.add("rescale", &O::rescale, "Rescale", "DDL weights")
        .oneOf(field_text::choicesOf<aggregation::Rescale>)
        .whenEmpty("as it is");
    f.add("lengths", &O::lengths, "Lengths", "Of the features that a template is the mean of")
        .oneOf(field_text::choicesOf<data::Lengths>)
        .whenEmpty("as it is");
    f.add("threshold", &O::threshold, "Threshold", "The score an image must exceed")
        .within(0, 1)
        .whenEmpty("as it is");
    f.add("far", &O::far, "FAR", "False accept rate at which true accepts are told")
        .above(0)
        .atMost(1)
        .whenEmpty("as it is");
    f.add("out", &O::out, "File",
          "JSON of the point, with the threshold at which it accepts there, for evaluate in another project")
        .whenEmpty("not written")
        .file();
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

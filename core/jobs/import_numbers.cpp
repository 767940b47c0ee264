#include "core/jobs/import_numbers.h"

#include "core/jobs/choices.h"

namespace discern::jobs {
namespace {

using datasets::NumberSource;

const Fields<NumberSource>& sourceFields() {
  static const Fields<NumberSource> fields = [] {
    using O = NumberSource;
    Fields<O> f;
    f.add("source", &O::file, "Source", "A .npy, .npz, pickle, list or CSV").file().positioned();
    f.add("paths", &O::paths, "Paths", "List of the rows' images, a line a row; of several columns the first")
        .whenEmpty("as the source says")
        .file();
    f.add("labels", &O::labels, "Labels", "List of whose the rows are: a name a line, or path and name")
        .whenEmpty("as the source says, else the folder of each path")
        .file();
    f.add("key", &O::key, "Array", "Of a .npz: the array of numbers")
        .whenEmpty("the only one that it can be");
    f.add("paths-key", &O::pathsKey, "Array of paths", "Of a .npz: the array of texts with the rows' paths")
        .whenEmpty("the one called paths, image_path and the like");
    f.add("labels-key", &O::labelsKey, "Array of labels", "Of a .npz: the array that says whose the rows are")
        .whenEmpty("the one called labels or identities");
    f.add("path-column", &O::pathColumn, "Column of paths", "Of a table with a header")
        .whenEmpty("path, file, filename or image");
    f.add("column", &O::column, "Column", "").whenEmpty("the only one that it can be");
    return f;
  }();
  return fields;
}

const Fields<MatchOptions>& matchFields() {
  static const Fields<MatchOptions> fields = [] {
    using O = MatchOptions;
    Fields<O> f;
    f.add("match", &O::by, "Match", "How a row finds its image");
    f.add("set", &O::set, "Set", "Only its images").whenEmpty("all").from(FieldSource::Sets);
    return f;
  }();
  return fields;
}

}  // namespace

const Fields<ImportFeaturesOptions>& importFeaturesFields() {
  static const Fields<ImportFeaturesOptions> fields = [] {
    using O = ImportFeaturesOptions;
    Fields<O> f;
    f.include(&O::source, sourceFields());
    f.at("column").help =
        "Of a table with a header: what the feature's columns begin with, such as f of f0, f1";
    f.add("name", &O::name, "Name", "Of the feature table").must(mustBeNamed).needed();
    f.include(&O::match, matchFields());
    f.add("replace", &O::replace, "Replace", "Take the place of features of that name").incidental();
    f.add("add", &O::add, "Add", "Fill what is missing in imported features of that name").incidental();
    f.add("new-set", &O::newSet, "New set", "Name of a set of samples without pictures, one a row")
        .whenEmpty("only where the project holds no images: the source's name")
        .must(mustBeFileName);
    f.add("role", &O::role, "Use", "What the people of a new set are for");
    return f;
  }();
  return fields;
}

const Fields<ImportScoresOptions>& importScoresFields() {
  static const Fields<ImportScoresOptions> fields = [] {
    using O = ImportScoresOptions;
    Fields<O> f;
    f.include(&O::source, sourceFields(), {"labels", "labels-key"});
    f.at("column").help = "Of a table: the one that is the score; of a list without a header its number";
    f.at("column").whenEmpty("UnifiedQualityScore.scalar of OFIQ, else the only one that it can be");
    f.add("name", &O::name, "Name", "Of the score table").must(mustBeNamed).needed();
    f.include(&O::match, matchFields());
    f.add("lower-is-better", &O::lowerIsBetter, "Lower is better", "The scores are turned round");
    f.add("replace", &O::replace, "Replace", "Take the place of scores of that name").incidental();
    f.add("macs", &O::macs, "MACs", "What the score costs an image, for compute; 0 means unknown").atLeast(0);
    f.add("milliseconds", &O::milliseconds, "Time", "The same as time; 0 means unknown").atLeast(0).in("ms");
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

// A protocol without the images that are not kept, as a table of templates and one of pairs.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/analysis/kept.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/data/csv.h"
#include "core/data/no_face.h"
#include "core/imaging/image.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/export_kept.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

constexpr const char* kImages = "protocol-images";

bool isUsable(const Roster& roster, int sample) {
  const auto& row = roster.samples[static_cast<std::size_t>(sample)];
  return !row.removed() && row.problem.empty() && !data::isWithoutFace(row.image);
}

// Leaves out of each template what is not kept; empty ones stay, for their places in pairs.
void keepSamples(const KeptSource& source, data::Protocol& protocol) {
  const auto& kept = source.kept;
  for (auto& one : protocol.templates)
    std::erase_if(one.samples, [&](int s) {
      return !isUsable(source.roster, s) || kept.wrong[static_cast<std::size_t>(s)];
    });
  if (kept.scores) {
    auto groups = analysis::keptOf(analysis::groupsOf(protocol), kept.scores->score, kept.threshold);
    for (std::size_t t = 0; t < groups.size(); ++t) protocol.templates[t].samples = std::move(groups[t]);
  } else if (!kept.enters.empty()) {
    for (auto& one : protocol.templates)
      std::erase_if(one.samples,
                    [&](int s) { return kept.rulings[static_cast<std::size_t>(s)].kept == Kept::Goes; });
  }
}

class TemplateTable {
 public:
  explicit TemplateTable(const KeptSource& source)
      : source_(source), kind_(kindOf(source.project)), names_(plainNames(source.roster.identities)) {}

  // The names of the templates, each once.
  std::vector<std::string> add(const data::Protocol& protocol, Progress& progress) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const auto& one : protocol.templates) {
      progress.throwIfStopped();
      std::string name = one.name.empty() ? "template" : one.name;
      for (int k = 2; !taken.insert(name).second; ++k) name = fmt::format("{}#{}", one.name, k);
      for (const int s : one.samples) addRow(name, ownerOf(one, name), s);
      names.push_back(std::move(name));
      progress.advance();
    }
    return names;
  }

  std::string text() const {
    std::string out = "template,identity,path,media,detector_score";
    if (landmarks_) out += ",x1,y1,x2,y2,x3,y3,x4,y4,x5,y5";
    if (crops_) out += ",x,y,width,height";
    out += '\n';
    for (const Row& row : rows_) {
      out += row.start;
      if (landmarks_) {
        for (std::size_t k = 0; k < 5; ++k)
          out += row.landmarks ? fmt::format(",{},{}", (*row.landmarks)[k].x, (*row.landmarks)[k].y) : ",,";
      }
      if (crops_)
        out += row.crop
                   ? fmt::format(",{},{},{},{}", row.crop->x, row.crop->y, row.crop->width, row.crop->height)
                   : ",,,,";
      out += '\n';
    }
    return out;
  }
  std::int64_t images() const { return std::ssize(written_); }

 private:
  struct Row {
    std::string start;
    std::optional<data::Landmarks> landmarks;
    std::optional<data::Rect> crop;
  };

  std::string ownerOf(const data::Template& one, const std::string& name) const {
    int identity = one.identity;
    if (identity < 0 && !one.samples.empty())
      identity = source_.roster.samples[static_cast<std::size_t>(one.samples.front())].identity;
    return identity < 0 ? "unknown " + name : names_[static_cast<std::size_t>(identity)];
  }

  // A file that shows the sample: its own, or one that is written here.
  std::string fileOf(const project::SampleRow& sample) {
    if (isWholeFile(sample.image)) return sample.image.file;
    const auto [at, fresh] = written_.emplace(sample.id, "");
    if (!fresh) return at->second;
    fs::create_directories(source_.folder / kImages);
    std::string bytes;
    if (sample.image.degradation.kind == data::DegradationKind::None)
      bytes = imaging::readEncoded(sample.image);
    else
      bytes = imaging::encodePng(imaging::loadSample(kind_, sample.image, kind_.shape));
    at->second = fmt::format("{}/{:06}.{}", kImages, sample.id, extensionOf(bytes));
    writeFileAtomically(source_.folder / at->second, bytes);
    return at->second;
  }

  void addRow(const std::string& name, const std::string& owner, int s) {
    const auto& sample = source_.roster.samples[static_cast<std::size_t>(s)];
    const double detector = jsonNumber(parseJson(sample.nuisance), "detector_score", std::nan(""));
    Row row;
    row.start = fmt::format("{},{},{},{},{}", data::csvField(name), data::csvField(owner),
                            data::csvField(fileOf(sample)), data::csvField(sample.media),
                            std::isfinite(detector) ? fmt::format("{}", detector) : "");
    if (sample.image.degradation.kind == data::DegradationKind::None) {  // a copy is cut out already
      row.landmarks = sample.image.landmarks;
      row.crop = sample.image.crop;
    }
    landmarks_ = landmarks_ || row.landmarks;
    crops_ = crops_ || row.crop;
    rows_.push_back(std::move(row));
  }

  const KeptSource& source_;
  const data::GroupKind& kind_;
  std::vector<std::string> names_;
  std::map<int, std::string> written_;
  std::vector<Row> rows_;
  bool landmarks_ = false, crops_ = false;
};

}  // namespace

ExportedProtocol exportProtocol(const KeptSource& source, const std::string& given, Progress& progress) {
  const std::string name =
      chosenOrNewest(given, source.project.protocols(), "protocol", "draw one, or import templates");
  PairCounts counts;
  data::Protocol protocol = protocolToday(source.project, name, source.roster, counts, progress);
  if (source.kept.scores) analysis::requireScores(protocol, *source.kept.scores);
  keepSamples(source, protocol);
  progress.start("writing the protocol", std::ssize(protocol.templates));
  TemplateTable table(source);
  const auto names = table.add(protocol, progress);
  ExportedProtocol result;
  std::string pairs = protocol.folds > 0 ? "a,b,genuine,fold\n" : "a,b,genuine\n";
  std::int64_t lost = 0;
  for (const auto& pair : protocol.pairs) {
    const auto a = static_cast<std::size_t>(pair.a), b = static_cast<std::size_t>(pair.b);
    if (protocol.templates[a].samples.empty() || protocol.templates[b].samples.empty()) {
      ++lost;
      continue;
    }
    pairs +=
        fmt::format("{},{},{}", data::csvField(names[a]), data::csvField(names[b]), pair.genuine ? 1 : 0);
    if (protocol.folds > 0) pairs += fmt::format(",{}", pair.fold);
    pairs += '\n';
    ++result.pairs;
  }
  result.templates =
      std::ranges::count_if(protocol.templates, [](const auto& t) { return !t.samples.empty(); });
  if (result.templates == 0) failField("protocol", name, "none of its templates has a kept image");
  if (const auto empty = std::ssize(protocol.templates) - result.templates; empty > 0)
    progress.note(fmt::format(
        "protocol '{}': {} templates have no kept image; they and {} pairs are left out", name, empty, lost));
  result.files = {source.folder / "templates.csv"};
  writeFileAtomically(result.files.back(), table.text());
  if (!protocol.pairs.empty()) {
    result.files.push_back(source.folder / "pairs.csv");
    writeFileAtomically(result.files.back(), pairs);
  }
  result.images = table.images();
  progress.finish();
  return result;
}

}  // namespace discern::pipeline

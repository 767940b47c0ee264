#include "datasets/person_tracks.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "core/base/error.h"
#include "datasets/face_protocol.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kWrong = 20;  // of each query's pairs

// Each query against the right tracklets of other cameras, and against wrong ones at even distances in the
// gallery, from another place on for each query. A pair of two queries is told once.
void addPairs(const std::vector<Track>& tracks, FaceProtocol& pairs) {
  std::vector<std::size_t> gallery;
  for (std::size_t t = 0; t < tracks.size(); ++t)
    if (tracks[t].gallery) gallery.push_back(t);
  std::set<std::pair<std::size_t, std::size_t>> told;
  const auto add = [&](std::size_t a, std::size_t b, bool genuine) {
    if (a != b && told.insert(std::minmax(a, b)).second)
      pairs.pair(pairs.find(tracks[a].name), pairs.find(tracks[b].name), genuine);
  };
  for (std::size_t q = 0; q < tracks.size(); ++q) {
    const Track& query = tracks[q];
    if (!query.query) continue;
    std::vector<std::size_t> wrong;
    for (const std::size_t g : gallery) {
      if (tracks[g].person != query.person)
        wrong.push_back(g);
      else if (tracks[g].camera != query.camera)
        add(q, g, true);
    }
    const std::size_t few = std::min(kWrong, wrong.size());
    for (std::size_t k = 0; k < few; ++k) add(q, wrong[(q + k * wrong.size() / few) % wrong.size()], false);
  }
}

}  // namespace

data::Dataset toDataset(TrackSet set, const fs::path& root, const LoadOptions& options, Progress& progress) {
  FaceTable table;
  table.tables = std::move(set.tables);
  FaceProtocol gallery("gallery"), query("query"), pairs("pairs");
  std::size_t junk = 0, junkFrames = 0;
  for (const Track& track : set.tracks) {
    junk += track.person.empty() ? 1 : 0;
    junkFrames += track.person.empty() ? track.frames.size() : 0;
  }
  std::erase_if(set.tracks, [](const Track& track) { return track.person.empty(); });
  if (junk > 0)
    set.problems.push_back({root.string(), fmt::format("{} junk tracklets of {} frames, which show nobody in "
                                                       "particular, were left out: no search counts them",
                                                       junk, junkFrames)});
  for (const Track& track : set.tracks) {
    const int identity = table.identity(track.person);
    for (const std::string& file : track.frames) {
      const auto face = static_cast<int>(table.faces.size());
      Face frame{track.place, identity, {}};
      frame.sample.image.file = file;
      frame.sample.media = track.name;
      frame.sample.nuisance = fmt::format(R"({{"camera":{}}})", track.camera);
      table.faces.push_back(std::move(frame));
      if (track.gallery) gallery.add(track.name, identity, face, root.string());
      if (track.query) query.add(track.name, identity, face, root.string());
      if (track.gallery || track.query) pairs.add(track.name, identity, face, root.string());
    }
  }
  addPairs(set.tracks, pairs);
  std::vector<int> sampleOf;
  data::Dataset dataset = toDataset(std::move(table), root, everybody(options), progress, &sampleOf);
  std::ranges::move(set.problems, std::back_inserter(dataset.problems));
  for (FaceProtocol* protocol : {&gallery, &query, &pairs})
    if (!protocol->isEmpty()) std::move(*protocol).addTo(dataset, sampleOf);
  return dataset;
}

bool asksForPart(const LoadOptions& options, const std::string& part, const std::vector<std::string>& parts) {
  const auto given = options.extra.find("part");
  if (given == options.extra.end()) return true;
  if (std::ranges::find(parts, given->second) == parts.end())
    fail("option part: '{}' was given; {} was expected", given->second, fmt::join(parts, " or "));
  return given->second == part;
}

}  // namespace discern::datasets

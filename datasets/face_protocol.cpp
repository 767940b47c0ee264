#include "datasets/face_protocol.h"

#include <algorithm>

#include "core/base/error.h"

namespace discern::datasets {

void FaceProtocol::add(const std::string& name, int identity, int face, const std::string& where) {
  const auto [at, fresh] = at_.emplace(name, static_cast<int>(protocol_.templates.size()));
  if (fresh) protocol_.templates.push_back({name, identity, {}});
  data::Template& one = protocol_.templates[static_cast<std::size_t>(at->second)];
  if (one.identity != identity)
    fail("{}: template '{}' holds faces of two people; a template belongs to one identity", where, name);
  one.samples.push_back(face);
}

int FaceProtocol::find(const std::string& name) const {
  const auto at = at_.find(name);
  return at == at_.end() ? -1 : at->second;
}

void FaceProtocol::addTo(data::Dataset& dataset, const std::vector<int>& sampleOf) && {
  std::vector<int> to(protocol_.templates.size(), -1);
  data::Protocol protocol{protocol_.name, {}, {}, protocol_.folds};
  for (std::size_t t = 0; t < to.size(); ++t) {
    data::Template& one = protocol_.templates[t];
    std::vector<int> samples;
    for (const int face : one.samples)
      if (const int sample = sampleOf[static_cast<std::size_t>(face)]; sample >= 0) samples.push_back(sample);
    std::ranges::sort(samples);
    samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
    if (samples.empty()) continue;
    one.samples = std::move(samples);
    to[t] = static_cast<int>(protocol.templates.size());
    protocol.templates.push_back(std::move(one));
  }
  const std::size_t listed = protocol_.pairs.size();
  for (data::Pair& pair : protocol_.pairs) {  // in place: IJB-C has 15.6 M
    pair.a = to[static_cast<std::size_t>(pair.a)];
    pair.b = to[static_cast<std::size_t>(pair.b)];
  }
  std::erase_if(protocol_.pairs, [](const data::Pair& pair) { return pair.a < 0 || pair.b < 0; });
  protocol.pairs = std::move(protocol_.pairs);
  if (const auto lost = to.size() - protocol.templates.size(); lost > 0)
    dataset.problems.push_back(
        {"protocol " + protocol.name,
         fmt::format("{} of {} templates have no usable image; they and {} pairs were left out", lost,
                     to.size(), listed - protocol.pairs.size())});
  data::closeFoldGaps(protocol);
  if (!protocol.templates.empty()) dataset.protocols.push_back(std::move(protocol));
}

LoadOptions everybody(LoadOptions options) {
  options.identities.clear();
  return options;
}

}  // namespace discern::datasets

#include "core/catalog/networks.h"

namespace discern::catalog {

Registry<NetworkInfo>& networks() {
#define NETWORK(file, function, ...) NetworkInfo{__VA_ARGS__},
  static Registry<NetworkInfo> registry("network", {
#include "core/catalog/networks.def"
                                                   });
#undef NETWORK
  return registry;
}

bool isTrainable(const NetworkInfo& network, const std::string& kind) {
  return network.kind == kind && !network.published;
}

std::vector<std::string> trainableNetworks(const std::string& kind) {
  return networks().names([&](const NetworkInfo& network) { return isTrainable(network, kind); });
}

bool isImportable(const NetworkInfo& network) { return network.kind == "base"; }

}  // namespace discern::catalog

// What a network runs on.
#pragma once

#include <array>

#include "core/base/names.h"

namespace discern {

enum class Device { Cpu, Cuda };
inline const auto& namesOf(Device) {
  static constexpr std::array<Named<Device>, 2> kNames{
      {{Device::Cpu, "cpu"}, {Device::Cuda, "cuda", "Needs a build with CUDA and a device"}}};
  return kNames;
}

}  // namespace discern

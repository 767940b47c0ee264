// The one way from a sample to its pixels, whatever it is a sample of.
#pragma once

#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <string_view>

#include "core/base/registry.h"
#include "core/data/group_kind.h"

namespace discern::imaging {

// Those of group_kinds.def, and a program's own (registered before it starts threads).
const Registry<data::GroupKind>& groupKinds();
void registerGroupKind(data::GroupKind kind);
// As a project stores it; empty: the first, faces. Throws Error that lists them.
const data::GroupKind& findGroupKind(std::string_view name);

// The sample in that shape, degraded where it is a degraded copy. Damage belongs to the sample and not to the
// size that somebody asks for: a smaller one is damaged at the kind's own size first, each frame alike.
cv::Mat loadSample(const data::GroupKind& kind, const data::ImageRef& sample, const data::Shape& shape,
                   const std::filesystem::path& root = {});
// The same sample in another shape of as many frames, each resized alone. Throws Error: other frames.
cv::Mat resized(const cv::Mat& sample, const data::Shape& from, const data::Shape& to);
// What a person sees of it at a glance, at most `side` pixels high and wide: the frame in the middle.
cv::Mat loadPicture(const data::GroupKind& kind, const data::ImageRef& sample, int side,
                    const std::filesystem::path& root = {});

}  // namespace discern::imaging

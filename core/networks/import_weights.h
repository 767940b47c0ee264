// Published weights become a checkpoint. Knows no LibTorch.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace discern::networks {

struct ImportResult {
  std::string architecture, recipe;
  int size = 0, dims = 0;
  std::int64_t parameters = 0;
  std::vector<std::string> leftOut;  // tensors of the published classifier
};

// `npz`: the tensors of the network's PyTorch state dict by their own names,
//   numpy.savez("vggface2.npz", **{k: v.numpy() for k, v in model.state_dict().items()})
// `architecture`: any of core/catalog/networks.def but a DDNet; of the teachers: vggface (names as in
// vgg_face_dag: conv1_1.weight
// .. fc7.bias), facenet (facenet-pytorch's InceptionResnetV1) and vggface2 (VGGFace2-pytorch's resnet50,
// names as torchvision's), whose published classifiers (fc8, logits, fc) are left out; iresnet18 .. 100 take
// InsightFace's own names. num_batches_tracked may be missing. Throws Error naming the file and the first
// tensor that is missing, superfluous, of another shape or type, or not finite.
ImportResult importWeights(const std::string& architecture, const std::filesystem::path& npz,
                           const std::filesystem::path& checkpoint);

}  // namespace discern::networks

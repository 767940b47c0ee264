// Published weights become a checkpoint. Knows no LibTorch.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace discern::networks {

struct ImportResult {
  std::string architecture, recipe;
  int size = 0, frames = 1, dims = 0;
  std::int64_t parameters = 0;
  std::vector<std::string> leftOut;  // tensors of the published classifier
};

// `npz`: the tensors of the network's PyTorch state dict by their own names,
//   numpy.savez("vggface2.npz", **{k: v.numpy() for k, v in model.state_dict().items()})
// size, frames: of the input that the checkpoint is for, where the network takes several; 0: the usual ones.
// `architecture`: any of core/catalog/networks.def but a DDNet; of the teachers: vggface (names as in
// vgg_face_dag: conv1_1.weight
// .. fc7.bias), facenet (facenet-pytorch's InceptionResnetV1) and vggface2 (VGGFace2-pytorch's resnet50,
// names as torchvision's), whose published classifiers (fc8, logits, fc) are left out; iresnet18 .. 100 take
// InsightFace's own names; resnet50-v1.5, r3d-50 and r2plus1d-50 torchvision's, slowfast-50 pytorchvideo's:
// without the classifier, the average before it is the feature. These five may have any width, and ours are
// taken with their linear layer. A "module." before every name (DataParallel) is passed over,
// num_batches_tracked may be missing. Throws Error naming the file and the first tensor that is missing,
// superfluous, of another shape or type, or not finite.
ImportResult importWeights(const std::string& architecture, const std::filesystem::path& npz,
                           const std::filesystem::path& checkpoint, int size = 0, int frames = 0);

}  // namespace discern::networks

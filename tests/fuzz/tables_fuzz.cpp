// Tables beside images: the first letter of the input is the format, what follows are its tables.
#include "tests/fuzz/dataset_fuzz.h"

namespace discern::fuzz {
namespace {

void putAll(const Folder& folder) {
  putImages(folder,
            {"lfw/a/a_0001.pgm", "lfw/a/a_0002.pgm", "lfw/b/b_0001.pgm", "groups/a/1.pgm", "groups/b/1.pgm",
             "uccs/gallery_images/0001/0001_0.pgm", "uccs/validation_images/v.pgm", "umd/a/a_1.pgm",
             "scface/001_frontal.pgm", "scface/surveillance_cameras_distance_1/cam_1/001_cam1_1.pgm"});
}

}  // namespace
}  // namespace discern::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  static const bool ready = (fuzz::putAll(folder), true);
  (void)ready;
  if (size == 0) return 0;
  const auto parts = fuzz::partsOf(fuzz::textOf(data, size).substr(1), 3);
  const auto root = folder.path();
  switch (data[0]) {
    case 'l':
      folder.write("lfw/pairs.txt", parts[0]);
      fuzz::loadDataset(root / "lfw", "lfw");
      break;
    case 't':
      fuzz::loadDataset(folder.write("groups/table.csv", parts[0]), "templates");
      break;
    case 'g':
      folder.write("groups/groups.csv", parts[0]);
      fuzz::loadDataset(root / "groups", "folder");
      break;
    case 'u':
      folder.write("uccs/gallery.csv", parts[0]);
      folder.write("uccs/validation.csv", parts[1]);
      folder.write("uccs/exclude_gallery_validation.txt", parts[2]);
      fuzz::loadDataset(root / "uccs", "uccs");
      break;
    case 'm':
      folder.write("umd/umd_ultraface.csv", parts[0]);
      fuzz::loadDataset(root / "umd", "umdfaces");
      break;
    case 's':
      fuzz::loadDataset(root / "scface", "scface",
                        {.extra = {{"landmarks", folder.write("points.csv", parts[0]).string()}}});
      break;
    default:
      break;
  }
  return 0;
}

// Lists of the public benchmarks and training sets beside their images: the first letter of the input is the
// format, what follows are its lists.
#include <opencv2/videoio.hpp>

#include "tests/fuzz/dataset_fuzz.h"

namespace discern::fuzz {
namespace {

void putVideo(const std::filesystem::path& file) {
  std::filesystem::create_directories(file.parent_path());
  cv::VideoWriter writer(file.string(), cv::CAP_OPENCV_MJPEG, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 10,
                         cv::Size(16, 16));
  for (int i = 0; i < 10; ++i) writer.write(cv::Mat(16, 16, CV_8UC3, cv::Scalar::all(i)));
}

void putAll(const Folder& folder) {
  for (const char* file : {"net/v_aaaaaaaaaaa.avi", "kin/aaaaaaaaaaa_000000_000001.avi",
                           "ucf/Archery/v_a.avi", "hmdb/wave/a.avi"})
    putVideo(folder.path() / file);
  putImages(folder, {"ijb/loose_crop/1.pgm", "ijb/loose_crop/2.pgm", "ijba/images/img/1.pgm",
                     "ytf/frame_images_DB/a/0/1.pgm", "ytf/frame_images_DB/b/1/1.pgm",
                     "iqiyi/IQIYI_VID_TRAIN_1/1.pgm", "iqiyi/IQIYI_VID_VAL_1/1.pgm", "cross/images/a_1.pgm",
                     "cross/images/a_2.pgm", "cross/images/b_1.pgm", "vgg/train/n000001/0001_01.pgm",
                     "vgg/train/n000002/0001_01.pgm", "imdb/images/nm1/a.pgm", "celeb/m.1/1-F.pgm"});
}

}  // namespace
}  // namespace discern::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  static const bool ready = (fuzz::putAll(folder), true);
  (void)ready;
  if (size == 0) return 0;
  const auto parts = fuzz::partsOf(fuzz::textOf(data, size).substr(1), 4);
  const auto root = folder.path();
  switch (data[0]) {
    case 'j':
      folder.write("ijb/meta/x_face_tid_mid.txt", parts[0]);
      folder.write("ijb/meta/x_name_5pts_score.txt", parts[1]);
      folder.write("ijb/meta/x_template_pair_label.txt", parts[2]);
      folder.write("ijb/meta/x_1N_gallery_G1.csv", parts[3]);
      fuzz::loadDataset(root / "ijb", "ijb");
      break;
    case 'a':
      folder.write("ijba/IJB-A_11_sets/split1/verify_metadata_1.csv", parts[0]);
      folder.write("ijba/IJB-A_11_sets/split1/verify_comparisons_1.csv", parts[1]);
      fuzz::loadDataset(root / "ijba", "ijb-a");
      break;
    case 'y':
      folder.write("ytf/frame_images_DB/a.labeled_faces.txt", parts[0]);
      folder.write("ytf/splits.txt", parts[1]);
      fuzz::loadDataset(root / "ytf", "ytf");
      break;
    case 'q':
      folder.write("iqiyi/train_gt.txt", parts[0]);
      folder.write("iqiyi/val_gt.txt", parts[1]);
      fuzz::loadDataset(root / "iqiyi", "iqiyi");
      break;
    case 'c':
      folder.write("cross/pairs_CPLFW.txt", parts[0]);
      fuzz::loadDataset(root / "cross", "cross-lfw");
      break;
    case 'v':
      folder.write("vgg/bb_landmark/loose_bb_train.csv", parts[0]);
      folder.write("vgg/bb_landmark/loose_landmark_train.csv", parts[1]);
      folder.write("vgg/meta/identity_meta.csv", parts[2]);
      fuzz::loadDataset(root / "vgg", "vggface2");
      break;
    case 'i':
      folder.write("imdb/IMDb-Face.csv", parts[0]);
      fuzz::loadDataset(root / "imdb", "imdb-face");
      break;
    case 'm':
      fuzz::loadDataset(root / "celeb", "ms-celeb",
                        {.extra = {{"list", folder.write("list.txt", parts[0]).string()}}});
      break;
    case 't': {
      datasets::LoadOptions options;
      options.unpackTo = root / "unpacked";
      std::filesystem::remove_all(options.unpackTo);
      fuzz::loadDataset(folder.write("faces.tsv", parts[0]), "ms-celeb", options);
      break;
    }
    case 'n':
      folder.write("net/activity_net.json", parts[0]);
      fuzz::loadDataset(root / "net", "activitynet");
      break;
    case 'k':
      folder.write("kin/train.csv", parts[0]);
      fuzz::loadDataset(root / "kin", "kinetics");
      break;
    case 'u':
      folder.write("ucf/ucfTrainTestlist/trainlist01.txt", parts[0]);
      folder.write("ucf/ucfTrainTestlist/testlist01.txt", parts[1]);
      fuzz::loadDataset(root / "ucf", "ucf-101");
      break;
    case 'h':
      folder.write("hmdb/testTrainMulti_7030_splits/wave_test_split1.txt", parts[0]);
      fuzz::loadDataset(root / "hmdb", "hmdb-51");
      break;
    default:
      break;
  }
  return 0;
}

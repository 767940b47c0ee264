#include "datasets/rendering/set.h"

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "datasets/rendering/face.h"
#include "datasets/rendering/truth.h"
#include "datasets/rendering/whole_folder.h"

namespace discern::rendering {
namespace {

namespace fs = std::filesystem;

float between(Rng& rng, double low, double high) { return static_cast<float>(rng.uniform(low, high)); }
float normal(Rng& rng, double deviation, double limit) {
  return static_cast<float>(std::clamp(deviation * rng.normal(), -limit, limit));
}
float eitherSide(Rng& rng, double low, double high) {
  return between(rng, low, high) * (rng.chance(0.5) ? 1.0F : -1.0F);
}

// An ordinary snapshot: every condition varies, none is heavy.
Nuisance ordinary(Rng& rng, int usualGlasses) {
  Nuisance n;
  n.yaw = normal(rng, 16, 42);
  n.pitch = normal(rng, 7, 18);
  n.roll = normal(rng, 6, 15);
  n.lightX = normal(rng, 0.55, 1);
  n.lightY = std::clamp(0.4F + normal(rng, 0.35, 1), -0.5F, 1.0F);
  n.ambient = between(rng, 0.3, 0.75);
  n.lightWarmth = normal(rng, 0.4, 1);
  if (rng.chance(0.5)) n.smile = between(rng, 0.2, 1);
  if (rng.chance(0.3)) n.mouthOpen = between(rng, 0.1, 0.6);
  if (n.smile > 0.6F && rng.chance(0.6)) n.mouthOpen = std::max(n.mouthOpen, between(rng, 0.15, 0.4));
  n.eyesClosed = rng.chance(0.05) ? between(rng, 0.6, 1) : between(rng, 0, 0.25);
  if (rng.chance(0.25)) n.browRaise = between(rng, 0.2, 1);
  n.glasses = rng.chance(usualGlasses > 0 ? 0.85 : 0.02) ? 1 : 0;
  n.blur = rng.chance(0.4) ? between(rng, 0.2, 0.9) : 0;
  n.noise = between(rng, 0.5, 4);
  n.exposure = std::exp(normal(rng, 0.18, 0.4));
  if (rng.chance(0.3)) n.resolution = std::round(between(rng, 56, 112));
  if (rng.chance(0.3)) n.jpeg = static_cast<int>(50 + rng.below(45));
  return n;
}

void addOcclusion(Rng& rng, Nuisance& n) {
  switch (rng.below(4)) {
    case 0:
      n.mask = true;
      break;
    case 1:
      n.glasses = 2;
      if (rng.chance(0.4)) n.occlusion = between(rng, 0.2, 0.26), n.occluder = 2;
      break;
    case 2:
      n.occlusion = between(rng, 0.2, 0.28);
      n.occluder = 2;
      break;
    default:
      n.occlusion = between(rng, 0.3, 0.6);
      n.occluder = 1;
  }
}

void addHeavy(Rng& rng, int kind, Nuisance& n) {
  switch (kind) {
    case 0:
      if (rng.chance(0.65)) {
        n.blur = between(rng, 3, 6);  // the upper half of imaging::degrade's scale, as below
      } else {
        n.motionBlur = between(rng, 15, 30);
        n.motionAngle = between(rng, 0, 180);
      }
      break;
    case 1:
      addOcclusion(rng, n);
      break;
    case 2:
      n.yaw = eitherSide(rng, 52, 75);
      if (rng.chance(0.3)) n.pitch = eitherSide(rng, 18, 30);
      break;
    case 3:
      n.exposure = between(rng, 0.04, 0.16);
      n.noise = between(rng, 5, 14);
      break;
    default:
      n.resolution = std::round(between(rng, 11, 24));
      n.jpeg = static_cast<int>(30 + rng.below(50));
  }
}

float rounded(float value) { return static_cast<float>(std::round(static_cast<double>(value) * 1e3) / 1e3); }

Nuisance drawNuisance(Rng& rng, int usualGlasses, bool bad) {
  Nuisance n = ordinary(rng, usualGlasses);
  if (bad) {
    const int first = static_cast<int>(rng.below(5));
    addHeavy(rng, first, n);
    if (rng.chance(0.35)) addHeavy(rng, (first + 1 + static_cast<int>(rng.below(4))) % 5, n);
  }
  for (float* value : {&n.yaw, &n.pitch, &n.roll, &n.lightX, &n.lightY, &n.ambient, &n.lightWarmth, &n.smile,
                       &n.mouthOpen, &n.eyesClosed, &n.browRaise, &n.occlusion, &n.blur, &n.motionBlur,
                       &n.motionAngle, &n.noise, &n.exposure})
    *value = rounded(*value);
  return n;
}

void check(const SyntheticOptions& o, const fs::path& folder) {
  const auto share = [](const char* name, double value) {
    if (!(value >= 0 && value <= 1)) fail("{} is {}, expected a share from 0 to 1.", name, value);
  };
  if (o.identities < 1 || o.identities > 100'000)
    fail("identities is {}, expected 1 to 100000.", o.identities);
  if (o.imagesPerIdentity < 1 || o.imagesPerIdentity > 100'000)
    fail("images per identity is {}, expected 1 to 100000.", o.imagesPerIdentity);
  if (o.size < 32 || o.size > 512) fail("size is {}, expected 32 to 512 pixels.", o.size);
  if (o.firstIdentity < 0) fail("first identity is {}, expected 0 or more.", o.firstIdentity);
  share("bad share", o.badShare);
  share("label errors", o.labelErrors);
  if (fs::exists(folder)) fail("{} exists already; choose another folder or remove it.", folder.string());
}

std::string identityName(const SyntheticOptions& o, int i) {
  return fmt::format("{:04}", o.firstIdentity + i + 1);
}

// Which images show whom: decided before anything is rendered, so that each person is modelled once.
struct Plan {
  int person = 0;  // of the set, shown
  int filed = 0, image = 0;
};

std::vector<std::vector<Plan>> planImages(const SyntheticOptions& o) {
  std::vector<std::vector<Plan>> byPerson(static_cast<std::size_t>(o.identities));
  for (int i = 0; i < o.identities; ++i) {
    Rng rng(mixSeed(mixSeed(o.seed, "labels"),
                    static_cast<std::uint64_t>(o.firstIdentity) + static_cast<std::uint64_t>(i)));
    for (int j = 0; j < o.imagesPerIdentity; ++j) {
      int person = i;
      if (o.identities > 1 && rng.chance(o.labelErrors))
        person = static_cast<int>((i + 1 + rng.below(o.identities - 1)) % o.identities);
      byPerson[static_cast<std::size_t>(person)].push_back({person, i, j});
    }
  }
  return byPerson;
}

nlohmann::ordered_json optionsJson(const SyntheticOptions& o) {
  return {{"generator", "synthetic-faces"},
          {"version", 1},
          {"identities", o.identities},
          {"images_per_identity", o.imagesPerIdentity},
          {"bad_share", o.badShare},
          {"label_errors", o.labelErrors},
          {"size", o.size},
          {"seed", o.seed},
          {"first_identity", o.firstIdentity}};
}

}  // namespace

data::Dataset generateSyntheticFaces(const SyntheticOptions& o, const fs::path& folder, Progress& progress) {
  check(o, folder);
  const auto plan = planImages(o);
  TemporaryFolder temporary(folder);
  for (int i = 0; i < o.identities; ++i) fs::create_directory(temporary.path() / identityName(o, i));
  std::vector<TruthRow> rows(static_cast<std::size_t>(o.identities) *
                             static_cast<std::size_t>(o.imagesPerIdentity));
  progress.start("faces", static_cast<std::int64_t>(rows.size()));
  const auto renderPerson = [&](int person) {
    const auto seed = syntheticIdentitySeed(o.seed, o.firstIdentity + person);
    const FaceRenderer face(seed);
    for (const Plan& item : plan[static_cast<std::size_t>(person)]) {
      progress.throwIfStopped();
      const auto filedSeed = syntheticIdentitySeed(o.seed, o.firstIdentity + item.filed);
      const auto imageSeed = mixSeed(mixSeed(filedSeed, "images"), static_cast<std::uint64_t>(item.image));
      Rng rng(imageSeed);
      const bool bad = rng.chance(o.badShare);
      TruthRow row;
      row.nuisance = drawNuisance(rng, face.usualGlasses(), bad);
      row.filedIdentity = identityName(o, item.filed);
      row.trueIdentity = identityName(o, person);
      row.path = fmt::format("{}/{:03}.jpg", row.filedIdentity, item.image);
      const cv::Mat image = face.render(row.nuisance, imageSeed, o.size);
      std::vector<unsigned char> bytes;
      cv::imencode(".jpg", image, bytes, {cv::IMWRITE_JPEG_QUALITY, row.nuisance.jpeg});
      writeImage(temporary.path() / row.path, bytes);
      rows[static_cast<std::size_t>(item.filed) * static_cast<std::size_t>(o.imagesPerIdentity) +
           static_cast<std::size_t>(item.image)] = std::move(row);
      progress.advance();
    }
  };
  parallelFor(o.identities, 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) renderPerson(static_cast<int>(i));
  });
  writeFileAtomically(temporary.path() / kTruthFile, truthCsv(rows));
  writeFileAtomically(temporary.path() / "truth.json", optionsJson(o).dump(2) + "\n");
  temporary.keep();
  progress.finish();
  return truthDataset(rows, folder);
}

bool isSyntheticFaces(const fs::path& folder) {
  return fs::is_regular_file(folder / kTruthFile) && fs::is_regular_file(folder / "truth.json");
}

bool isMadeWith(const fs::path& folder, const SyntheticOptions& options) {
  return isSyntheticFaces(folder) && readFile(folder / "truth.json") == optionsJson(options).dump(2) + "\n";
}

data::Dataset loadSyntheticFaces(const fs::path& folder) {
  return truthDataset(readTruth(folder / kTruthFile), folder);
}

}  // namespace discern::rendering

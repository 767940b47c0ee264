// extract, score, train-base, train-ddnet, train-head, predict
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "app/commands.h"
#include "core/imaging/degrade.h"
#include "core/networks/import_weights.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/score.h"
#include "core/pipeline/train.h"

namespace discern::app {
namespace {
using nlohmann::json;

std::vector<data::DegradationKind> parseKinds(const std::string& text) {
  std::vector<data::DegradationKind> kinds;
  for (const auto& name : splitList(text)) kinds.push_back(imaging::parseDegradation(name));
  return kinds;
}

void addCopies(CLI::App& command, pipeline::CopyOptions& copies, std::string& kinds) {
  command.add_option("--copies", copies.copies, "Degraded copies of every training image")
      ->check(CLI::Range(0, 100));
  command.add_option("--kinds", kinds, "Degradations of the copies, comma-separated; empty: all");
  command.add_option("--min-strength", copies.minStrength, "Weakest copy");
  command.add_option("--max-strength", copies.maxStrength, "Strongest copy");
}

void addExtract(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project;
    pipeline::ExtractOptions extract;
    bool noCheck = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(
      app, "extract", "Features of every image by a base model; only missing ones are computed", o->project);
  c->add_option("--model", o->extract.model,
                "demo, a network of this project, or a file: ONNX, TorchScript, Discern checkpoint; empty: "
                "the one that features were made by, else demo");
  c->add_option(
      "--recipe", o->extract.recipe,
      "Input recipe: insightface, sface, crfiqa, magface, facenet, vggface, vggface2 or a .toml file");
  c->add_option("--layer", o->extract.layer,
                "Output layer; empty: the recipe's, else the last one. A student has identity and mimic");
  c->add_option("--name", o->extract.name, "Name of the feature table; empty: the model's, and the layer's");
  c->add_option("--batch", o->extract.batch, "Images a batch")->check(CLI::Range(1, 4096));
  addDevice(*c, o->extract.device);
  c->add_flag("--no-recipe-check", o->noCheck, "Do not try other channel orders and scales first");
  c->callback([o, c, &chosen] {
    chosen = {"extract", [o, c](Env& env) {
                return recorded(env, o->project, *c, false,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  o->extract.checkRecipe = !o->noCheck;
                                  const auto r = pipeline::extract(project, o->extract, progress);
                                  return {
                                      json{{"features", r.name},
                                           {"images", r.images},
                                           {"skipped", r.skipped},
                                           {"failed", r.failed},
                                           {"dims", r.dims},
                                           {"images_per_second", r.imagesPerSecond},
                                           {"macs", r.macs},
                                           {"ms", r.milliseconds}},
                                      fmt::format("features '{}': {} new images ({} were there), {} failed, "
                                                  "{} dimensions, {:.1f} images/s, model alone: {}",
                                                  r.name, r.images, r.skipped, r.failed, r.dims,
                                                  r.imagesPerSecond, timeText(r.milliseconds))};
                                });
              }};
  });
}

void addImportWeights(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string npz, architecture, out;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = app.add_subcommand(
      "import-weights",
      "Published weights (.npz of a PyTorch state dict) as a recogniser for extract --model");
  c->option_defaults()->always_capture_default();
  c->fallthrough();
  c->add_option("npz", o->npz, "Tensors by the state dict's own names")->required();
  c->add_option("--architecture", o->architecture,
                "vggface, facenet, vggface2, iresnet18, iresnet34, iresnet50 or iresnet100")
      ->required();
  c->add_option("--out", o->out, "Checkpoint to write; empty: the .npz with the ending .safetensors");
  c->callback([o, &chosen] {
    chosen = {
        "import-weights", [o](Env&) -> Outcome {
          const std::filesystem::path out =
              o->out.empty() ? std::filesystem::path(o->npz).replace_extension(".safetensors")
                             : std::filesystem::path(o->out);
          const auto r = networks::importWeights(o->architecture, o->npz, out);
          return {json{{"checkpoint", out.string()},
                       {"architecture", r.architecture},
                       {"recipe", r.recipe},
                       {"size", r.size},
                       {"dims", r.dims},
                       {"parameters", r.parameters},
                       {"left_out", r.leftOut}},
                  fmt::format("{}: {}, {:.1f} M parameters, {} px, {} dimensions, recipe {}; left out: {}",
                              out.string(), r.architecture, static_cast<double>(r.parameters) / 1e6, r.size,
                              r.dims, r.recipe,
                              r.leftOut.empty() ? "nothing" : fmt::format("{}", fmt::join(r.leftOut, ", ")))};
        }};
  });
}

void addScore(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, metric = "cosine", device = "cpu";
    pipeline::ScoreJobOptions score;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(app, "score", "D-score (or a comparator) of every image", o->project);
  c->add_option("--features", o->score.features, "Feature table; empty: the newest");
  c->add_option("--method", o->score.method,
                "dscore, crfiqa, norm, sharpness or detector (templates CSV, column detector_score)");
  c->add_option("--name", o->score.name, "Name of the score table; empty: the method");
  c->add_option("--metric", o->metric, "cosine or euclidean");
  c->add_flag("--leave-one-out", o->score.dscore.leaveOneOut,
              "An image does not vote for its own centroid (small identities)");
  c->add_option("--floor", o->score.dscore.floor, "Smallest cosine of the hardest negative");
  c->add_option("--nearly-same", o->score.dscore.nearlySame,
                "Two identities are never listed as probably one person below this centroid cosine")
      ->check(CLI::Range(-1.0, 1.0));
  addDevice(*c, o->device);
  c->callback([o, c, &chosen] {
    chosen = {
        "score", [o, c](Env& env) {
          return recorded(
              env, o->project, *c, false, [&](project::Project& project, Progress& progress) -> Outcome {
                o->score.dscore.metric = pipeline::parseMetric(o->metric);
                o->score.dscore.cuda = o->device == "cuda";
                const auto r = pipeline::score(project, o->score, progress);
                json statuses = json::object();
                for (const auto& [name, count] : r.statuses) statuses[name] = count;
                return {
                    json{{"scores", r.name},
                         {"features", r.features},
                         {"scored", r.scored},
                         {"not_scored", r.notScored},
                         {"statuses", statuses},
                         {"mean", r.mean},
                         {"sigma", r.sigma},
                         {"score_at_zero", r.scoreAtZero},
                         {"probably_same", r.probablySame.size()}},
                    fmt::format(
                        "scores '{}' from features '{}': {} scored, {} not; raw values {:.4f} +- {:.4f}{}",
                        r.name, r.features, counted(static_cast<std::size_t>(r.scored), "image", "images"),
                        r.notScored, r.mean, r.sigma,
                        o->score.method == "dscore"
                            ? fmt::format("; a face without any likeness to its own centroid scores {:.3f}",
                                          r.scoreAtZero)
                            : "")};
              });
        }};
  });
}

void addTrainDdnet(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, kinds;
    pipeline::TrainDdnetOptions train;
  };
  auto o = std::make_shared<Options>();
  auto& t = o->train.training;
  CLI::App* c = addCommand(app, "train-ddnet",
                           "Train the small network that predicts the D-score from pixels", o->project);
  c->add_option("--scores", o->train.scores, "D-score table that gives the targets");
  c->add_option("--name", o->train.name, "Name of the network");
  c->add_option("--architecture", t.architecture, "ddnet-r18, ddnet-r34 or ddnet-full")
      ->check(CLI::IsMember({"ddnet-r18", "ddnet-r34", "ddnet-full"}));
  c->add_option("--size", t.size, "Input size in pixels");
  c->add_option("--epochs", t.epochs, "Passes over the training images")->check(CLI::Range(1, 100000));
  c->add_option("--batch", t.batch, "Images a step")->check(CLI::Range(1, 65536));
  c->add_option("--learning-rate", t.learningRate, "Peak of the cosine schedule")->check(CLI::PositiveNumber);
  c->add_option("--warmup", t.warmup, "Epochs of linear warm-up")->check(CLI::NonNegativeNumber);
  c->add_flag("--augment", t.augment, "Mild random crop, blur and brightness, beside the mirror");
  c->add_option("--hint-weight", t.hintWeight,
                "Weight of a hint: DDNet also learns to tell the base model's feature, in training alone");
  c->add_option("--rank-weight", t.rankWeight, "Weight of a ranking term inside identities beside the loss");
  c->add_option("--validation", t.validationShare, "Share of the identities held out to choose the epoch");
  c->add_option(
       "--loss", t.loss,
       "What is squared: score, the paper's, or ratio, the standardised ratio (bad and worse stay apart)")
      ->check(CLI::IsMember({"score", "ratio"}));
  c->add_option("--teacher", o->train.teacher,
                "A head (train-head): DDNet learns what it says, of the pool's images too; empty: the "
                "images' own scores");
  addCopies(*c, o->train.copies, o->kinds);
  addSeed(*c, t.seed, "Seed of initial weights, order and copies");
  addDevice(*c, t.device);
  c->callback([o, c, &chosen] {
    chosen = {
        "train-ddnet", [o, c](Env& env) {
          return recorded(
              env, o->project, *c, false, [&](project::Project& project, Progress& progress) -> Outcome {
                o->train.copies.kinds = parseKinds(o->kinds);
                const auto r = pipeline::trainDdnet(project, o->train, progress);
                const auto& n = r.training;
                const auto finite = [](double v) { return v == v ? json(v) : json(nullptr); };
                return {json{{"model", o->train.name},
                             {"epochs", n.epochs},
                             {"best_epoch", n.bestEpoch},
                             {"train_loss", finite(n.trainLoss)},
                             {"validation_loss", finite(n.validationLoss)},
                             {"validation_spearman", finite(n.validationSpearman)},
                             {"validation_spearman_clean", finite(n.validationSpearmanClean)},
                             {"originals", r.originals},
                             {"copies", r.copies},
                             {"of_pool", r.ofPool},
                             {"images_per_second", n.imagesPerSecond},
                             {"macs", r.cost.macs},
                             {"flops", r.cost.flops},
                             {"parameters", r.cost.parameters},
                             {"ms", r.milliseconds}},
                        fmt::format("network '{}' ({}): {} originals and {} copies{}, epoch {} of {} kept; "
                                    "on held-out identities Spearman {:.3f} (clean {:.3f}), loss {:.5f}; "
                                    "{:.0f} images/s; {:.1f} MMACs, {:.1f} MFLOPs, {:.3f} M parameters, "
                                    "{:.2f} ms an image",
                                    o->train.name, o->train.training.architecture, r.originals, r.copies,
                                    r.ofPool > 0 ? fmt::format(", {} images of the pool", r.ofPool) : "",
                                    n.bestEpoch, n.epochs, n.validationSpearman, n.validationSpearmanClean,
                                    n.validationLoss, n.imagesPerSecond, r.cost.macs / 1e6,
                                    r.cost.flops / 1e6, r.cost.parameters / 1e6, r.milliseconds)};
              });
        }};
  });
}

void addTrainHead(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, kinds;
    pipeline::TrainHeadOptions train;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(
      app, "train-head", "Fit a linear map that tells the D-score from the base model's feature", o->project);
  c->add_option("--scores", o->train.scores, "D-score table that gives the targets");
  c->add_option("--name", o->train.name, "Name of the head");
  addCopies(*c, o->train.copies, o->kinds);
  addSeed(*c, o->train.seed, "Seed of copies and folds");
  addDevice(*c, o->train.device);
  c->callback([o, c, &chosen] {
    chosen = {"train-head", [o, c](Env& env) {
                return recorded(
                    env, o->project, *c, false,
                    [&](project::Project& project, Progress& progress) -> Outcome {
                      o->train.copies.kinds = parseKinds(o->kinds);
                      const auto r = pipeline::trainHead(project, o->train, progress);
                      const auto finite = [](double v) { return v == v ? json(v) : json(nullptr); };
                      return {json{{"model", o->train.name},
                                   {"originals", r.originals},
                                   {"copies", r.copies},
                                   {"ridge", r.fit.ridge},
                                   {"validation_spearman", finite(r.fit.spearman)},
                                   {"validation_spearman_clean", finite(r.fit.spearmanClean)},
                                   {"dims", r.fit.head.weight.size()}},
                              fmt::format("head '{}': {} originals and {} copies, {} weights; on identities "
                                          "that it was not fitted on Spearman {:.3f} (clean {:.3f})",
                                          o->train.name, r.originals, r.copies, r.fit.head.weight.size() + 2,
                                          r.fit.spearman, r.fit.spearmanClean)};
                    });
              }};
  });
}

void addTrainBase(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, steps = "6,8";
    pipeline::TrainBaseOptions train;
    bool noFlip = false;
  };
  auto o = std::make_shared<Options>();
  auto& t = o->train.training;
  CLI::App* c = addCommand(app, "train-base", "Train a recogniser on the training identities", o->project);
  c->add_option("--name", o->train.name, "Name of the network");
  c->add_option("--architecture", t.architecture,
                "mobilefacenet, iresnet18, iresnet34, iresnet50 or iresnet100")
      ->check(CLI::IsMember({"mobilefacenet", "iresnet18", "iresnet34", "iresnet50", "iresnet100"}));
  c->add_option("--width", t.width, "Channel multiplier (mobilefacenet)");
  c->add_option("--dims", t.dims, "Length of the feature");
  c->add_option("--size", t.size, "Input size in pixels");
  c->add_option("--head", t.head, "arcface, cosface, sphereface or softmax");
  c->add_option("--scale", t.scale, "Scale of the head");
  c->add_option("--margin", t.margin, "Margin of the head");
  c->add_option("--epochs", t.epochs, "Passes over the training images");
  c->add_option("--batch", t.batch, "Images a step");
  c->add_option("--learning-rate", t.learningRate, "Peak learning rate")->check(CLI::PositiveNumber);
  c->add_option("--warmup", t.warmup, "Epochs of linear warm-up")->check(CLI::NonNegativeNumber);
  c->add_option("--schedule", t.schedule, "cosine or step");
  c->add_option("--steps", o->steps, "Epochs at which 'step' divides by 10");
  c->add_option("--min-images", o->train.minImages, "Identities with fewer images are left out");
  c->add_flag("--no-flip", o->noFlip, "Do not mirror images at random");
  c->add_flag("--augment", t.augment, "Mild random crop, blur and brightness");
  addSeed(*c, t.seed, "Seed of initial weights and order");
  addDevice(*c, t.device);
  c->callback([o, c, &chosen] {
    chosen = {
        "train-base", [o, c](Env& env) {
          return recorded(
              env, o->project, *c, false, [&](project::Project& project, Progress& progress) -> Outcome {
                auto& training = o->train.training;
                training.flip = !o->noFlip;
                training.steps = numberList("--steps", o->steps, 1, 1 << 20, "epochs, such as 10,16,");
                const auto r = pipeline::trainBase(project, o->train, progress);
                return {json{{"model", o->train.name},
                             {"classes", r.classes},
                             {"images", r.images},
                             {"epochs", r.training.epochs},
                             {"train_loss", r.training.trainLoss},
                             {"train_accuracy", r.training.trainAccuracy},
                             {"images_per_second", r.training.imagesPerSecond},
                             {"macs", r.cost.macs},
                             {"parameters", r.cost.parameters}},
                        fmt::format(
                            "network '{}' ({}): {} identities, {} images, {} epochs; training loss {:.4f}, "
                            "accuracy {:.2f} %; {:.0f} images/s; {:.1f} MMACs, {:.3f} M parameters",
                            o->train.name, training.architecture, r.classes, r.images, r.training.epochs,
                            r.training.trainLoss, 100 * r.training.trainAccuracy, r.training.imagesPerSecond,
                            r.cost.macs / 1e6, r.cost.parameters / 1e6)};
              });
        }};
  });
}

void addPredict(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project;
    pipeline::PredictOptions predict;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(app, "predict", "Scores for every image by a trained DDNet or head", o->project);
  c->add_option("--model", o->predict.model, "A DDNet or head of this project, or its file");
  c->add_option("--name", o->predict.name, "Name of the score table");
  c->add_option("--batch", o->predict.batch, "Images a batch");
  addDevice(*c, o->predict.device);
  c->callback([o, c, &chosen] {
    chosen = {"predict", [o, c](Env& env) {
                return recorded(
                    env, o->project, *c, false,
                    [&](project::Project& project, Progress& progress) -> Outcome {
                      const auto r = pipeline::predict(project, o->predict, progress);
                      return {json{{"scores", r.name},
                                   {"images", r.images},
                                   {"failed", r.failed},
                                   {"images_per_second", r.imagesPerSecond}},
                              fmt::format("scores '{}': {} images predicted, {} failed, {:.0f} images/s",
                                          r.name, r.images, r.failed, r.imagesPerSecond)};
                    });
              }};
  });
}
}  // namespace

void addModelCommands(CLI::App& app, Chosen& chosen) {
  addImportWeights(app, chosen);
  addExtract(app, chosen);
  addScore(app, chosen);
  addTrainBase(app, chosen);
  addTrainDdnet(app, chosen);
  addTrainHead(app, chosen);
  addPredict(app, chosen);
}

}  // namespace discern::app

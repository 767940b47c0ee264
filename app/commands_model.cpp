// extract, score, train-base, train-ddnet, train-head, predict
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "app/commands.h"
#include "core/data/score_methods.h"
#include "core/jobs/data_jobs.h"
#include "core/networks/import_weights.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/score.h"
#include "core/pipeline/train.h"

namespace discern::app {
namespace {
using nlohmann::json;

json finite(double value) { return value == value ? json(value) : json(nullptr); }

void addExtract(CLI::App& app, Chosen& chosen) {
  addJob<jobs::ExtractOptions>(
      app, chosen, "extract", jobs::extractFields(),
      [](project::Project& project, const jobs::ExtractOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::extract(project, o, progress);
        return {json{{"features", r.name},
                     {"images", r.images},
                     {"skipped", r.skipped},
                     {"failed", r.failed},
                     {"dims", r.dims},
                     {"images_per_second", r.imagesPerSecond},
                     {"macs", r.macs},
                     {"ms", r.milliseconds}},
                fmt::format("features '{}': {} new images ({} were there), {} failed, {} dimensions, {:.1f} "
                            "images/s, model alone: {}",
                            r.name, r.images, r.skipped, r.failed, r.dims, r.imagesPerSecond,
                            timeText(r.milliseconds))};
      });
}

void addImportWeights(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<jobs::ImportWeightsOptions>();
  CLI::App* c = app.add_subcommand("import-weights", jobs::jobOf("import-weights").help);
  c->fallthrough();
  addFields(*c, jobs::importWeightsFields(), *o);
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
  addJob<jobs::ScoreJobOptions>(
      app, chosen, "score", jobs::scoreFields(),
      [](project::Project& project, const jobs::ScoreJobOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::score(project, o, progress);
        json statuses = json::object();
        for (const auto& [name, count] : r.statuses) statuses[name] = count;
        const std::string atZero =
            data::scoreMethods().find(o.method).truth
                ? fmt::format("; a face without any likeness to its own centroid scores {:.3f}",
                              r.scoreAtZero)
                : "";
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
            fmt::format("scores '{}' from features '{}': {} scored, {} not; raw values {:.4f} +- {:.4f}{}",
                        r.name, r.features, counted(static_cast<std::size_t>(r.scored), "image", "images"),
                        r.notScored, r.mean, r.sigma, atZero)};
      });
}

void addTrainDdnet(CLI::App& app, Chosen& chosen) {
  addJob<jobs::TrainDdnetOptions>(
      app, chosen, "train-ddnet", jobs::trainDdnetFields(),
      [](project::Project& project, const jobs::TrainDdnetOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::trainDdnet(project, o, progress);
        const auto& n = r.training;
        return {
            json{{"model", o.name},
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
            fmt::format(
                "network '{}' ({}): {} originals and {} copies{}, epoch {} of {} kept; on held-out "
                "identities Spearman {:.3f} (clean {:.3f}), loss {:.5f}; {:.0f} images/s; {:.1f} MMACs, "
                "{:.1f} MFLOPs, {:.3f} M parameters, {:.2f} ms an image",
                o.name, o.training.architecture, r.originals, r.copies,
                r.ofPool > 0 ? fmt::format(", {} images of the pool", r.ofPool) : "", n.bestEpoch, n.epochs,
                n.validationSpearman, n.validationSpearmanClean, n.validationLoss, n.imagesPerSecond,
                r.cost.macs / 1e6, r.cost.flops / 1e6, r.cost.parameters / 1e6, r.milliseconds)};
      });
}

void addTrainHead(CLI::App& app, Chosen& chosen) {
  addJob<jobs::TrainHeadOptions>(
      app, chosen, "train-head", jobs::trainHeadFields(),
      [](project::Project& project, const jobs::TrainHeadOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::trainHead(project, o, progress);
        return {json{{"model", o.name},
                     {"originals", r.originals},
                     {"copies", r.copies},
                     {"ridge", r.fit.ridge},
                     {"validation_spearman", finite(r.fit.spearman)},
                     {"validation_spearman_clean", finite(r.fit.spearmanClean)},
                     {"dims", r.fit.head.weight.size()}},
                fmt::format(
                    "head '{}': {} originals and {} copies, {} weights; on identities that it was not fitted "
                    "on Spearman {:.3f} (clean {:.3f})",
                    o.name, r.originals, r.copies, r.fit.head.weight.size() + 2, r.fit.spearman,
                    r.fit.spearmanClean)};
      });
}

void addTrainBase(CLI::App& app, Chosen& chosen) {
  addJob<jobs::TrainBaseOptions>(
      app, chosen, "train-base", jobs::trainBaseFields(),
      [](project::Project& project, const jobs::TrainBaseOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::trainBase(project, o, progress);
        return {json{{"model", o.name},
                     {"classes", r.classes},
                     {"images", r.images},
                     {"epochs", r.training.epochs},
                     {"train_loss", r.training.trainLoss},
                     {"train_accuracy", r.training.trainAccuracy},
                     {"images_per_second", r.training.imagesPerSecond},
                     {"macs", r.cost.macs},
                     {"parameters", r.cost.parameters}},
                fmt::format(
                    "network '{}' ({}): {} identities, {} images, {} epochs; training loss {:.4f}, accuracy "
                    "{:.2f} %; {:.0f} images/s; {:.1f} MMACs, {:.3f} M parameters",
                    o.name, o.training.architecture, r.classes, r.images, r.training.epochs,
                    r.training.trainLoss, 100 * r.training.trainAccuracy, r.training.imagesPerSecond,
                    r.cost.macs / 1e6, r.cost.parameters / 1e6)};
      });
}

void addPredict(CLI::App& app, Chosen& chosen) {
  addJob<jobs::PredictOptions>(
      app, chosen, "predict", jobs::predictFields(),
      [](project::Project& project, const jobs::PredictOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::predict(project, o, progress);
        return {json{{"scores", r.name},
                     {"images", r.images},
                     {"failed", r.failed},
                     {"images_per_second", r.imagesPerSecond}},
                fmt::format("scores '{}': {} images predicted, {} failed, {:.0f} images/s", r.name, r.images,
                            r.failed, r.imagesPerSecond)};
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

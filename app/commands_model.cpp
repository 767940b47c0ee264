// export-model, extract, score, train-base, train-ddnet, train-head, train-aggregator, predict
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "app/commands.h"
#include "app/words.h"
#include "core/data/score_methods.h"
#include "core/jobs/data_jobs.h"
#include "core/networks/import_weights.h"
#include "core/pipeline/aggregators.h"
#include "core/pipeline/explain.h"
#include "core/pipeline/export_model.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/score.h"
#include "core/pipeline/train.h"
#include "core/results/printed.h"

namespace discern::app {
namespace {
void addExtract(CLI::App& app, Chosen& chosen) {
  addSharded<jobs::ExtractOptions>(
      app, chosen, "extract", jobs::extractFields(),
      [](project::Project& project, const jobs::ExtractOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::extract(project, o, progress);
        return {r,
                fmt::format("features '{}': {} new images ({} were there), {} failed, {} dimensions, {:.1f} "
                            "images/s, model alone: {}{}{}",
                            r.name, r.images, r.skipped, r.failed, r.dims, r.imagesPerSecond,
                            timeText(r.milliseconds), flipText(r.flip),
                            r.leftOut ? fmt::format("; {} left out, which are not kept", *r.leftOut) : "")};
      },
      pipeline::extractShard);
}

void addExportModel(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::ExportModelOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "export-model", jobs::jobOf("export-model").help, given->project);
  addFields(*c, jobs::exportModelFields(), given->options);
  c->callback([given, &chosen] {
    chosen = {"export-model", [given](Env& env) -> Outcome {
                const auto project = project::Project::open(given->project, project::Project::Mode::Read);
                Progress progress(env.console.sink(), env.stop);
                const auto r = pipeline::exportModel(project, given->options, progress);
                return {r, fmt::format(
                               "{}: {} of {:.2f} MB, {} numbers an input; on {} inputs within {:.1g} of the "
                               "network in our reader and {:.1g} in OpenCV\noutput {}",
                               r.file, r.kind, static_cast<double>(r.bytes) / 1e6, r.dims, r.compared,
                               r.ofReader, r.ofOpenCv, r.meaning)};
              }};
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
          const auto r = networks::importWeights(o->architecture, o->npz, out, o->size, o->frames);
          const results::ImportWeightsResult told{out.string(), r.architecture, r.recipe,     r.size,
                                                  r.frames,     r.dims,         r.parameters, r.leftOut};
          return {told,
                  fmt::format("{}: {}, {:.1f} M parameters, {} px{}, {} dimensions, recipe {}; left out: {}",
                              out.string(), r.architecture, static_cast<double>(r.parameters) / 1e6, r.size,
                              r.frames > 1 ? fmt::format(", {} frames", r.frames) : "", r.dims, r.recipe,
                              r.leftOut.empty() ? "nothing" : fmt::format("{}", fmt::join(r.leftOut, ", ")))};
        }};
  });
}

void addScore(CLI::App& app, Chosen& chosen) {
  addSharded<jobs::ScoreJobOptions>(
      app, chosen, "score", jobs::scoreFields(),
      [](project::Project& project, const jobs::ScoreJobOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::score(project, o, progress);
        const std::string atZero =
            data::scoreMethods().find(o.method).truth
                ? fmt::format("; a face without any likeness to its own centroid scores {:.3f}",
                              r.scoreAtZero)
                : "";
        return {r, fmt::format(
                       "scores '{}' from features '{}': {} scored, {} not; raw values {:.4f} +- {:.4f}{}{}",
                       r.name, r.features, counted(static_cast<std::size_t>(r.scored), "image", "images"),
                       r.notScored, r.mean, r.sigma, atZero,
                       r.published.empty() ? "" : "; DDL's score " + r.published)};
      },
      pipeline::scoreShard);
}

void addTrainDdnet(CLI::App& app, Chosen& chosen) {
  addTraining<jobs::TrainDdnetOptions>(
      app, chosen, "train-ddnet", jobs::trainDdnetFields(),
      [](project::Project& project, const jobs::TrainDdnetOptions& o, Progress& progress,
         training::Ranks* ranks) -> Outcome {
        const auto r = pipeline::trainDdnet(project, o, progress, ranks);
        return {r, fmt::format(
                       "network '{}' ({}): {} originals and {} copies{}, epoch {} of {} kept; on held-out "
                       "identities Spearman {:.3f} (clean {:.3f}), loss {:.5f}; {:.0f} images/s; {}, "
                       "{:.2f} MFLOPs with all else, {:.3f} M parameters, {:.2f} ms "
                       "an image; targets "
                       "{:.4f} +- {:.4f}; DDL's training {}",
                       o.name, o.training.architecture, r.originals, r.copies,
                       r.ofPool > 0 ? fmt::format(", {} images of the pool", r.ofPool) : "", r.bestEpoch,
                       r.epochs, r.validationSpearman, r.validationSpearmanClean, r.validationLoss,
                       r.imagesPerSecond, computeText(r.macs), r.flops / 1e6, r.parameters / 1e6,
                       r.milliseconds, r.mean, r.sigma, r.published)};
      });
}

void addTrainHead(CLI::App& app, Chosen& chosen) {
  addJob<jobs::TrainHeadOptions>(
      app, chosen, "train-head", jobs::trainHeadFields(),
      [](project::Project& project, const jobs::TrainHeadOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::trainHead(project, o, progress);
        return {
            r,
            fmt::format(
                "head '{}': {} originals and {} copies, {} weights; on identities that it was not fitted "
                "on Spearman {:.3f} (clean {:.3f})",
                o.name, r.originals, r.copies, r.dims + 2, r.validationSpearman, r.validationSpearmanClean)};
      });
}

void addTrainAggregator(CLI::App& app, Chosen& chosen) {
  addJob<jobs::TrainAggregatorOptions>(
      app, chosen, "train-aggregator", jobs::trainAggregatorFields(),
      [](project::Project& project, const jobs::TrainAggregatorOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::trainAggregator(project, o, progress);
        std::string text = fmt::format(
            "aggregator '{}' ({}) on features '{}': {} originals and {} copies of {} identities, groups of "
            "{}; ",
            r.name, r.architecture, r.features, r.originals, r.copies, r.identities + r.heldOut,
            r.groups == "media" ? "one medium" : "one identity");
        if (r.heldOut == 0)
          text += fmt::format("nobody was held out, so the last of {} epochs was kept", r.epochs);
        else
          text += fmt::format(
              "on {} held-out identities a triplet loss of {:.4f} after epoch {} of {}, against {:.4f} of "
              "the "
              "plain mean",
              r.heldOut, r.validationLoss, r.bestEpoch, r.epochs, r.meanLoss);
        return {r, text + fmt::format("; {:.3f} M parameters, {}", r.parameters / 1e6, computeText(r.macs))};
      });
}

void addTrainBase(CLI::App& app, Chosen& chosen) {
  addTraining<jobs::TrainBaseOptions>(
      app, chosen, "train-base", jobs::trainBaseFields(),
      [](project::Project& project, const jobs::TrainBaseOptions& o, Progress& progress,
         training::Ranks* ranks) -> Outcome {
        const auto r = pipeline::trainBase(project, o, progress, ranks);
        return {r,
                fmt::format(
                    "network '{}' ({}): {} identities, {} images, {} epochs; training loss {:.4f}, accuracy "
                    "{:.2f} %; {:.0f} images/s; {}, {:.3f} M parameters",
                    o.name, o.training.architecture, r.classes, r.images, r.epochs, r.trainLoss,
                    100 * r.trainAccuracy, r.imagesPerSecond, computeText(r.macs), r.parameters / 1e6)};
      });
}

void addPredict(CLI::App& app, Chosen& chosen) {
  addJob<jobs::PredictOptions>(
      app, chosen, "predict", jobs::predictFields(),
      [](project::Project& project, const jobs::PredictOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::predict(project, o, progress);
        return {r, fmt::format("scores '{}': {} images predicted, {} failed, {:.0f} images/s", r.name,
                               r.images, r.failed, r.imagesPerSecond)};
      });
}

void addExplain(CLI::App& app, Chosen& chosen) {
  addJob<jobs::ExplainOptions>(
      app, chosen, "explain", jobs::explainFields(),
      [](project::Project& project, const jobs::ExplainOptions& o, Progress& progress) -> Outcome {
        const auto r = pipeline::explain(project, o, progress);
        return {r, fmt::format("{} explained by '{}', {} failed: {} in the project{}",
                               counted(static_cast<std::size_t>(r.images), "image", "images"), r.ddnet,
                               r.failed, r.folder, o.out.empty() ? "" : "; pictures in " + o.out)};
      });
}
}  // namespace

void addModelCommands(CLI::App& app, Chosen& chosen) {
  addImportWeights(app, chosen);
  addExportModel(app, chosen);
  addExtract(app, chosen);
  addScore(app, chosen);
  addTrainBase(app, chosen);
  addTrainDdnet(app, chosen);
  addTrainHead(app, chosen);
  addTrainAggregator(app, chosen);
  addPredict(app, chosen);
  addExplain(app, chosen);
}

}  // namespace discern::app

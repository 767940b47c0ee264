// distil, cost, identify
#include <fmt/format.h>

#include <cmath>

#include "app/commands.h"
#include "core/base/error.h"
#include "core/pipeline/distil.h"
#include "core/pipeline/identify.h"
#include "core/pipeline/model_cost.h"

namespace discern::app {
namespace {
using nlohmann::json;

std::string describe(const pipeline::DistilResult& r) {
  const auto& t = r.training;
  std::string text =
      fmt::format("student '{}' of teacher '{}': {} faces, {} with one of {} classes, {} regressed", r.name,
                  r.teacher, r.faces, t.classified, r.classes, t.regressed);
  if (!r.selection.empty())
    text += fmt::format(" (selection '{}' keeps {} at lambda {:g})", r.selection, r.selected, r.lambda);
  text += fmt::format("; {:.0f} images/s; {:.3f} M parameters, {:.2f} MMACs, {:.3f} ms a face on one thread",
                      t.imagesPerSecond, r.parameters / 1e6, r.macs / 1e6, r.milliseconds);
  if (std::isfinite(t.validationAccuracy))
    text += fmt::format("; held-out images: accuracy {:.2f} %", 100 * t.validationAccuracy);
  const auto row = [](const char* who, double auc, double accuracy) {
    return fmt::format("\n  {:<16} AUC {:.4f}{}", who, auc,
                       std::isfinite(accuracy) ? fmt::format(", accuracy {:.2f} %", 100 * accuracy) : "");
  };
  for (const auto& c : r.checks)
    text += fmt::format("\nprotocol '{}'", c.protocol) +
            row("identity layer", c.aucIdentity, c.accuracyIdentity) +
            row("mimic layer", c.aucMimic, c.accuracyMimic) + row("teacher", c.aucTeacher, c.accuracyTeacher);
  return text;
}

void addDistil(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, teacher, protocols;
    double lambda = 0;
    bool noPool = false, noFlip = false;
    pipeline::DistilOptions distil;
  };
  auto o = std::make_shared<Options>();
  auto& d = o->distil;
  auto& t = d.training;
  CLI::App* c = addCommand(
      app, "distil", "Train a small student for low-resolution faces from a teacher's features", o->project);
  c->add_option("--teacher", o->teacher,
                "Feature table, or several, comma-separated (an ensemble); empty: the newest");
  c->add_option("--name", d.name, "Name of the student; empty: S-SIZE-MODE");
  c->add_option("--size", t.size, "Input in pixels: 16, 32, 64 or 96");
  c->add_option("--mode", t.mode,
                "c: classes; s: regression on the selected; sc: both; dc: classes and regression on all");
  c->add_option("--selection", d.selection, "Selection for s and sc (discern select)");
  c->add_option("--lambda", o->lambda,
                "Raw lambda of the selection, at most 0; not given: the one that keeps --keep")
      ->default_str("");
  c->add_option("--keep", d.keep, "Share of the selectable faces to keep");
  c->add_option("--min-images", d.minImages, "Training identities with fewer images are no class");
  c->add_flag("--no-pool", o->noPool, "No regression on pool identities (they need no labels)");
  c->add_option("--init-epochs", t.epochsInit,
                "Passes of the first stage, on classes alone; shared by all modes")
      ->check(CLI::Range(0, 100000));
  c->add_option("--epochs", t.epochs, "Passes of the fine-tuning")->check(CLI::Range(1, 100000));
  c->add_option("--batch", t.batch, "Images a step")->check(CLI::Range(2, 65536));
  c->add_option("--init-learning-rate", t.learningRateInit, "Peak learning rate of the first stage")
      ->check(CLI::PositiveNumber);
  c->add_option("--learning-rate", t.learningRate, "Peak learning rate of the fine-tuning")
      ->check(CLI::PositiveNumber);
  c->add_option("--regression-weight", t.regressionWeight,
                "Weight of the regression beside the cross-entropy");
  c->add_option("--target", t.target, "Regress unit (features of one length) or raw ones");
  c->add_option("--identity-dims", t.identityDims, "Columns of the identity layer: 128 or 1024");
  c->add_option("--perturbations", t.perturbations, "Seeded variants of a face, one an epoch; 0: none");
  c->add_option("--validation", t.validationShare, "Share of the images of each class held out");
  c->add_flag("--no-flip", o->noFlip, "Do not mirror images at random");
  c->add_option("--protocols", o->protocols,
                "Verified afterwards, comma-separated; empty: all of single images");
  addSeed(*c, t.seed, "Seed of initial weights, order and perturbations");
  addDevice(*c, t.device);
  c->callback([o, c, &chosen] {
    chosen = {"distil", [o, c](Env& env) {
                return recorded(env, o->project, *c, false,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  auto& d = o->distil;
                                  if (c->count("--lambda") > 0) d.lambda = o->lambda;
                                  d.teacher = splitList(o->teacher);
                                  d.protocols = splitList(o->protocols);
                                  d.pool = !o->noPool;
                                  d.training.flip = !o->noFlip;
                                  const auto r = pipeline::distil(project, d, progress);
                                  return {json::parse(pipeline::toJson(r)), describe(r)};
                                });
              }};
  });
}

json toJson(const std::vector<pipeline::ModelCost>& costs) {
  json models = json::array();
  for (const auto& cost : costs) {
    json model = {{"name", cost.name},
                  {"kind", cost.kind},
                  {"size", cost.size},
                  {"dims", cost.dims},
                  {"parameters", cost.parameters},
                  {"file_bytes", cost.fileBytes},
                  {"macs", cost.macs},
                  {"at", json::array()}};
    for (const auto& at : cost.at)
      model["at"].push_back({{"batch", at.batch}, {"ms", at.milliseconds}, {"peak_bytes", at.peakBytes}});
    models.push_back(std::move(model));
  }
  return json{{"models", models}};
}

std::string describe(const std::vector<pipeline::ModelCost>& costs, const pipeline::ModelCostOptions& o) {
  std::string text = fmt::format(
      "one face on {}, {} thread{}; memory is the growth of a fresh "
      "process\n{:<24}{:>6}{:>7}{:>12}{:>10}{:>10}",
      o.device, o.threads, o.threads == 1 ? "" : "s", "model", "input", "dims", "parameters", "file MB",
      "MMACs");
  for (const int batch : o.batches)
    text += fmt::format("{:>14}{:>12}{:>12}", fmt::format("ms, batch {}", batch), "faces/s", "memory MB");
  for (const auto& cost : costs) {
    text += fmt::format("\n{:<24}{:>6}{:>7}{:>12}{:>10.2f}{:>10.2f}", cost.name, cost.size, cost.dims,
                        cost.parameters > 0 ? fmt::format("{:.3f} M", cost.parameters / 1e6) : "-",
                        cost.fileBytes / 1e6, cost.macs / 1e6);
    for (const auto& at : cost.at)
      text += fmt::format("{:>14.4f}{:>12.0f}{:>12.1f}", at.milliseconds, 1000 / at.milliseconds,
                          at.peakBytes / 1e6);
  }
  return text;
}

void addCost(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, models, batches = "1,64";
    pipeline::ModelCostOptions cost;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(app, "cost", "Parameters, memory and time of every recogniser", o->project);
  c->add_option("--models", o->models, "Networks or feature tables, comma-separated; empty: all");
  c->add_option("--batches", o->batches, "Faces at once, comma-separated");
  c->add_option("--threads", o->cost.threads, "Threads of the CPU")->check(CLI::Range(1, 1024));
  c->add_option("--seconds", o->cost.seconds, "Measured for so long, model by model")
      ->check(CLI::Range(0.01, 3600.0));
  addDevice(*c, o->cost.device);
  c->callback([o, c, &chosen] {
    chosen = {"cost", [o, c](Env& env) {
                return recorded(env, o->project, *c, false,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  o->cost.models = splitList(o->models);
                                  o->cost.batches = numberList("--batches", o->batches, 1, 65536,
                                                               "numbers of faces, such as 1,64,");
                                  const auto costs = pipeline::modelCosts(project, o->cost, progress);
                                  return {toJson(costs), describe(costs, o->cost)};
                                });
              }};
  });
}

std::string describe(const pipeline::IdentifyResult& r) {
  if (r.benchmark == "uccs")
    return fmt::format(
        "UCCS's protocol on '{}': {} subjects, {} images to train on, {} to test: top-1 error {:.2f} %, "
        "top-5 error {:.2f} %",
        r.features, r.identities, r.gallery, r.probes, 100 * r.top1Error, 100 * r.top5Error);
  std::string text = fmt::format("{} on '{}': {} enrolled, {} probes, {} strangers\nrank", r.benchmark,
                                 r.features, r.gallery, r.probes, r.strangers);
  for (std::size_t k = 0; k < r.cmc.size(); ++k) text += fmt::format("{:>8}", k + 1);
  text += "\n%   ";
  for (const double rate : r.cmc) text += fmt::format("{:>8.2f}", 100 * rate);
  for (const auto& group : r.byDistance)
    text += fmt::format("\ndistance {}: rank 1 for {:.2f} % of {} probes", group.group, 100 * group.rate,
                        group.probes);
  if (r.missingProbes > 0) text += fmt::format("\n{} probes of the protocol are not there", r.missingProbes);
  for (const auto& t : r.tpir)
    text += t.supported ? fmt::format("\nTPIR {:.2f} % at FPIR {:g}", 100 * t.tpir, t.fpir)
                        : fmt::format("\nTPIR at FPIR {:g}: too few strangers", t.fpir);
  return text;
}

void addIdentify(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project;
    pipeline::IdentifyOptions identify;
  };
  auto o = std::make_shared<Options>();
  auto& i = o->identify;
  CLI::App* c =
      addCommand(app, "identify",
                 "1:N identification: CMC, TPIR at FPIR, SCface per distance, UCCS's classifier", o->project);
  c->add_option("--benchmark", i.benchmark,
                "search, scface or uccs; of test identities: import with --role test");
  c->add_option("--features", i.features, "Feature table; empty: the newest");
  c->add_option("--set", i.set, "Imported set; empty: all");
  c->add_option("--gallery", i.gallery, "search: images of each test identity that are enrolled");
  c->add_option("--subjects", i.subjects,
                "scface: subjects tested; uccs: classes; 0: the benchmark's own number");
  c->add_option("--max-rank", i.maxRank, "Length of the CMC")->check(CLI::Range(1, 100000));
  c->add_option("--reduction", i.reduction, "uccs: columns of the trained reduction")
      ->check(CLI::Range(1, 65536));
  c->add_option("--epochs", i.epochs, "uccs: passes over the training images")->check(CLI::Range(1, 100000));
  addSeed(*c, i.seed, "Seed of split and training");
  c->callback([o, c, &chosen] {
    chosen = {"identify", [o, c](Env& env) {
                return recorded(env, o->project, *c, false,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  const auto r = pipeline::identify(project, o->identify, progress);
                                  return {json::parse(pipeline::toJson(r)), describe(r)};
                                });
              }};
  });
}
}  // namespace

void addStudentCommands(CLI::App& app, Chosen& chosen) {
  addDistil(app, chosen);
  addCost(app, chosen);
  addIdentify(app, chosen);
}

}  // namespace discern::app

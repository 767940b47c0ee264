// Every job with its own type of options.
#pragma once

#include "core/jobs/aggregate.h"
#include "core/jobs/compare.h"
#include "core/jobs/data_jobs.h"
#include "core/jobs/distil.h"
#include "core/jobs/doubts.h"
#include "core/jobs/evaluate.h"
#include "core/jobs/explain.h"
#include "core/jobs/export_model.h"
#include "core/jobs/extract.h"
#include "core/jobs/import.h"
#include "core/jobs/import_numbers.h"
#include "core/jobs/mark.h"
#include "core/jobs/protocol.h"
#include "core/jobs/report.h"
#include "core/jobs/score.h"
#include "core/jobs/select.h"
#include "core/jobs/slices.h"
#include "core/jobs/student_jobs.h"
#include "core/jobs/table.h"
#include "core/jobs/templates.h"
#include "core/jobs/train.h"

namespace discern::jobs {

// visit(name, help, fields), in the order in which a project is worked through.
template <class Visit>
void visitJobs(Visit&& visit) {
  visit("import", "Add a data set to a project (made if it is not there)", importFields());
  visit("import-features",
        "Features that somebody else extracted (.npy, .npz, pickle, list, CSV), with or without images",
        importFeaturesFields());
  visit("import-scores", "Quality scores that another tool told (OFIQ, CR-FIQA, SER-FIQ, any CSV or .npy)",
        importScoresFields());
  visit("role", "Change what identities are for", roleFields());
  visit("merge", "Two identities are one person: count the images of one for the other", mergeFields());
  visit("exclude", "Leave identities out of centroids, scores and training", excludeFields());
  visit("mark",
        "Decide about images (leave out, move to another identity, verdict, tags, note), or take a decision "
        "back",
        markFields());
  visit(
      "doubts",
      "Labels to look at: images that are nearer to another identity, and pairs of identities that look like "
      "one person, less those that were decided about",
      doubtsFields());
  visit("refresh", "Look whether image files were replaced or are gone; what is old is made again by extract",
        refreshFields());
  visit("repoint", "The images of a set were moved: look for them in another folder", repointFields());
  visit("rename", "Give a set, features, scores, a protocol, a network, a selection or a map another name",
        renameFields());
  visit("remove",
        "Take a set, features, scores, a protocol, a network, a selection, a map or a run out of the project",
        removeFields());
  visit("align", "Say where the face of a photograph is: its five landmarks, placed by hand", alignFields());
  visit("protocol", "Make templates and pairs for a set that has none, or take some folds of a protocol",
        protocolFields());
  visit("export",
        "Numbers as CSV and JSON, charts as PNG, SVG and PDF; the images that are kept as lists, a protocol, "
        "features, "
        "records or folders",
        exportFields());
  visit("report",
        "The project as one document (HTML, PDF): data, models, evaluation, operating point, templates, "
        "decisions",
        reportFields());
  visit("import-weights", "Published weights (.npz of a PyTorch state dict) as a recogniser for extract",
        importWeightsFields());
  visit("convert-checkpoint",
        "Rewrite networks of earlier versions (.pt) as .safetensors. It runs what the old file holds, with "
        "all that "
        "you may do on this machine: only for files that you made yourself",
        convertFields());
  visit("export-model", "A network of this project as an ONNX file, compared with it before it is kept",
        exportModelFields());
  visit("extract", "Features of every image by a base model; only missing ones are computed",
        extractFields());
  visit("score", "D-score (or a comparator) of every image", scoreFields());
  visit("train-base", "Train a recogniser on the training identities", trainBaseFields());
  visit("train-ddnet", "Train the small network that predicts the D-score from pixels", trainDdnetFields());
  visit("train-head", "Fit a linear map that tells the D-score from the base model's feature",
        trainHeadFields());
  visit("train-aggregator",
        "Train an aggregator by attention or a recurrent network on training identities' features",
        trainAggregatorFields());
  visit("predict", "Scores for every image by a trained DDNet or head", predictFields());
  visit("explain",
        "Where in images a DDNet looks, as maps over them: what hiding a place costs, and the gradient",
        explainFields());
  visit("point",
        "Shows the operating point that window, report and jobs share; what is given here changes it",
        pointFields());
  visit("evaluate", "Verification under every aggregation: ROC, AUC, EER, TAR at FAR, EDC", evaluateFields());
  visit("aggregate",
        "One feature a template: DDNet sees every image, the base model only those that it keeps",
        aggregateFields());
  visit("sweep", "Accuracy, kept share and compute over thresholds and aggregations", sweepFields());
  visit("compare",
        "Two sides of a protocol (features, scores, aggregations or thresholds), pair by pair: the "
        "difference and "
        "the pairs that flip",
        compareFields());
  visit("templates",
        "How each template of a protocol matches: kept share, worst genuine and best impostor comparison, "
        "rank; "
        "the worst first",
        templatesFields());
  visit("slices",
        "Error rates of parts of a protocol (cameras, years, groups of people) at one threshold for all, and "
        "the "
        "worst of them",
        slicesFields());
  visit("select", "Faces worth learning from: the exact selection for every lambda", selectFields());
  visit("tsne", "A map of the faces in two dimensions", mapFields());
  visit("distil", "Train a small student for low-resolution faces from a teacher's features", distilFields());
  visit("cost", "Parameters, memory and time of every recogniser", costFields());
  visit("identify", "1:N identification: CMC, TPIR at FPIR, SCface per distance, UCCS's classifier",
        identifyFields());
  visit("table",
        "Many runs side by side: the options in which they, and what they were made from, differ, and their "
        "numbers",
        tableFields());
}

}  // namespace discern::jobs

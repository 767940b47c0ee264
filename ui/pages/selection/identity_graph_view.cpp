#include "ui/pages/selection/identity_graph_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "core/project/project.h"
#include "ui/models/project/kind_words.h"
#include "ui/pages/selection/face_chart.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kPicture = 40;
constexpr int kLine = 22;  // of the text at the top

struct Loaded {
  selection::IdentityGraph graph;
  int faces = 0;
};

// The faces of one identity alone: the graph separates by identity.
Loaded graphOf(const std::string& folder, const SelectionPath& path, int identity, double lambda) {
  const auto project = project::Project::open(folder, project::Project::Mode::Read);
  const data::MappedNpy features = project.features(path.row().features);
  std::vector<int> members;
  for (int sample = 0; sample < static_cast<int>(path.row().enters.size()); ++sample)
    if (path.identityOf(sample) == identity && sample < features.view().rows &&
        std::isfinite(path.row().others[static_cast<std::size_t>(sample)]))
      members.push_back(sample);
  Loaded loaded;
  loaded.faces = static_cast<int>(members.size());
  if (loaded.faces > IdentityGraphView::kMostFaces) {
    // Of log lambda, on which the slider moves.
    const auto distance = [&](int sample) {
      const double enters = path.enters(sample);
      return std::isfinite(enters) && enters > 0 && lambda < 0 ? std::abs(std::log(enters / -lambda)) : 1e9;
    };
    std::ranges::stable_sort(members, {}, distance);
    members.resize(IdentityGraphView::kMostFaces);
    std::ranges::sort(members);
  }
  data::Matrix rows(static_cast<std::int64_t>(members.size()), features.view().cols);
  std::vector<int> labels(members.size(), 0);
  std::vector<float> others;
  std::vector<double> enters;
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::ranges::copy(features.view().row(members[i]), rows.row(static_cast<std::int64_t>(i)).begin());
    others.push_back(path.row().others[static_cast<std::size_t>(members[i])]);
    enters.push_back(path.enters(members[i]));
  }
  if (members.empty()) return loaded;
  loaded.graph = selection::identityGraph({rows.view(), labels, 1, others}, enters, 0, lambda);
  for (auto& node : loaded.graph.nodes) node.sample = members[static_cast<std::size_t>(node.sample)];
  return loaded;
}

}  // namespace

namespace {
// Whose most of these faces are: a person who was found by name has several.
int identityOfMost(const SelectionPath& path, const std::vector<int>& samples) {
  std::map<int, int> counts;
  int best = -1;
  for (const int sample : samples) {
    if (!path.asked(sample)) continue;
    const int identity = path.identityOf(sample);
    if (identity >= 0) ++counts[identity];
  }
  for (const auto& [identity, count] : counts)
    if (best < 0 || count > counts[best]) best = identity;
  return best;
}
}  // namespace

IdentityGraphView::IdentityGraphView(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      load_(*this, [this] { load(); }) {
  setObjectName("identityGraph");
  setAccessibleName(tr("Graph of one identity, cut at lambda"));
  setFocusPolicy(Qt::StrongFocus);
  connect(&source_, &SelectionSource::pathChanged, &load_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, &load_, &WhenSeen::ask);
  connect(&session_, &Session::selectionChanged, &load_, &WhenSeen::ask);
  connect(&ThumbnailLoader::of(session), &ThumbnailLoader::ready, this, [this] { update(); });
  load_.ask();
}

int IdentityGraphView::identityToShow() const {
  const auto path = source_.path();
  if (!path) return -1;
  if (const int current = session_.current(); current >= 0 && path->asked(current))
    return path->identityOf(current);
  if (const int chosen = identityOfMost(*path, session_.selection()); chosen >= 0) return chosen;
  std::vector<int> discarded(static_cast<std::size_t>(path->allIdentities()), 0);
  for (const int sample : path->discarded(source_.lambda()))
    if (const int id = path->identityOf(sample); id >= 0) ++discarded[static_cast<std::size_t>(id)];
  int best = -1, most = -1;
  for (int id = 0; id < path->allIdentities(); ++id) {
    const int all = path->facesOf(id), gone = discarded[static_cast<std::size_t>(id)];
    const int even = std::min(gone, all - gone);
    if (all > 0 && even > most) {
      most = even;
      best = id;
    }
  }
  return best;
}

void IdentityGraphView::load() {
  const auto path = source_.path();
  const int identity = identityToShow();
  if (!path || identity < 0 || !session_.isOpen()) {
    task_.cancel();
    identity_ = -1;
    graph_ = {};
    return update();
  }
  const std::string folder = session_.folder().toStdString();
  task_.run([folder, path, identity, lambda = source_.lambda()](
                const LatestTask::Stopped&) { return graphOf(folder, *path, identity, lambda); },
            [this, identity, centers = path->row().centers](const Loaded& loaded) {
              identity_ = identity;
              graph_ = loaded.graph;
              faces_ = loaded.faces;
              centers_ = centers;
              update();
            },
            [this](const std::string&) {  // features that are gone
              identity_ = -1;
              graph_ = {};
              update();
            });
}

// Kept faces stand in a ring on the left, discarded ones in a ring on the right of the cut.
QPointF IdentityGraphView::placeOf(int node) const {
  const auto& nodes = graph_.nodes;
  const bool kept = nodes[static_cast<std::size_t>(node)].kept;
  int index = 0, count = 0;
  for (int i = 0; i < static_cast<int>(nodes.size()); ++i) {
    if (nodes[static_cast<std::size_t>(i)].kept != kept) continue;
    if (i < node) ++index;
    ++count;
  }
  const double top = kLine + 6, high = height() - top - 8;
  const QPointF middle(width() * (kept ? 0.26 : 0.66), top + high / 2);
  if (count == 1) return middle;
  const double angle = 2 * std::numbers::pi * index / count + std::numbers::pi / 2;
  const double rx = std::max(10.0, width() * 0.19 - kPicture / 2.0),
               ry = std::max(10.0, (high - kPicture) / 2);
  return middle + QPointF(rx * std::cos(angle), ry * std::sin(angle));
}

QPointF IdentityGraphView::centroidsPlace() const {
  return {width() - 46.0, kLine + (height() - kLine) / 2.0};
}

void IdentityGraphView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor ink = palette().color(QPalette::WindowText);
  const auto faded = [&](double alpha) {
    QColor colour = ink;
    colour.setAlphaF(float(std::clamp(alpha, 0.0, 1.0)));
    return colour;
  };
  if (graph_.nodes.empty()) {
    painter.setPen(faded(0.6));
    painter.drawText(
        rect(), Qt::AlignCenter | Qt::TextWordWrap,
        inWords(session_.kind(), tr("No {identity} of several {samples} is in this selection.")));
    return;
  }
  const int nodes = static_cast<int>(graph_.nodes.size());
  const auto kept = std::ranges::count(graph_.nodes, true, &selection::IdentityGraph::Node::kept);
  double cut = 0, most = 1e-9;
  for (const auto& edge : graph_.edges) {
    most = std::max(most, edge.weight);
    if (edge.cut) cut += edge.weight;
  }
  QString text =
      inWords(session_.kind(),
              tr("%1: %L2 of %L3 {samples} are kept; the cut goes through pairs of weight %L4"))
          .arg(QString::fromStdString(session_.snapshot()->identities[std::size_t(identity_)].name))
          .arg(kept)
          .arg(nodes)
          .arg(cut, 0, 'f', 1);
  if (faces_ > nodes)
    text += inWords(session_.kind(), tr(" (the %L1 of %L2 {samples} nearest to this lambda)"))
                .arg(nodes)
                .arg(faces_);
  painter.setPen(ink);
  painter.drawText(QRect(6, 0, width() - 12, kLine), Qt::AlignVCenter | Qt::AlignLeft,
                   painter.fontMetrics().elidedText(text, Qt::ElideRight, width() - 12));

  // Likeness to the others' centroids, on average: of the discarded first, it is what drew them over.
  const QPointF sink = centroidsPlace();
  for (int i = 0; i < nodes; ++i) {
    const double likeness = graph_.nodes[std::size_t(i)].others / double(std::max<qint64>(1, centers_));
    painter.setPen(QPen(faded(0.12 + likeness), 0.5 + 5 * likeness, Qt::DotLine));
    painter.drawLine(placeOf(i), sink);
  }
  const QColor accent = palette().color(QPalette::Highlight);
  for (const auto& edge : graph_.edges) {
    const double share = edge.weight / most;
    QColor colour = edge.cut ? accent : ink;
    colour.setAlphaF(float(edge.cut ? 0.15 + 0.6 * share * share : 0.35 * share * share));
    painter.setPen(QPen(colour, edge.cut ? 1.4 : 0.8));
    painter.drawLine(placeOf(edge.a), placeOf(edge.b));
  }
  painter.setPen(QPen(accent, 2, Qt::DashLine));
  painter.drawLine(QPointF(width() * 0.46, kLine + 4), QPointF(width() * 0.46, height() - 4.0));
  painter.setPen(faded(0.75));
  painter.drawText(QRectF(width() * 0.46 - 84, height() - 20.0, 78, 16), Qt::AlignRight, tr("kept"));
  painter.drawText(QRectF(width() * 0.46 + 6, height() - 20.0, 90, 16), Qt::AlignLeft, tr("discarded"));

  painter.setBrush(palette().color(QPalette::Base));
  painter.setPen(QPen(ink, 1));
  painter.drawEllipse(sink, 36, 36);
  painter.drawText(QRectF(sink.x() - 36, sink.y() - 30, 72, 60), Qt::AlignCenter | Qt::TextWordWrap,
                   inWords(session_.kind(), tr("%L1 other centroids")).arg(centers_));
  ThumbnailLoader& pictures = ThumbnailLoader::of(session_);
  for (int i = 0; i < nodes; ++i) {
    const auto& node = graph_.nodes[std::size_t(i)];
    const QPointF at = placeOf(i);
    const QRectF frame(at.x() - kPicture / 2.0, at.y() - kPicture / 2.0, kPicture, kPicture);
    const QPixmap picture = pictures.thumbnail(int(node.sample), kPicture * 2);
    painter.fillRect(frame, palette().color(QPalette::Base));
    if (!picture.isNull()) {
      painter.setOpacity(node.kept ? 1 : 0.55);
      const QSizeF size = QSizeF(picture.size()).scaled(frame.size(), Qt::KeepAspectRatio);
      QRectF into(QPointF(), size);
      into.moveCenter(at);
      painter.drawPixmap(into, picture, QRectF(QPointF(), QSizeF(picture.size())));
      painter.setOpacity(1);
    }
    const bool current = session_.current() == int(node.sample);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(current ? accent : faded(node.kept ? 0.9 : 0.4), current ? 3 : 1));
    painter.drawRect(frame);
  }
}

int IdentityGraphView::nodeAt(QPointF place) const {
  for (int i = static_cast<int>(graph_.nodes.size()) - 1; i >= 0; --i)
    if (const QPointF d = placeOf(i) - place;
        std::abs(d.x()) <= kPicture / 2.0 && std::abs(d.y()) <= kPicture / 2.0)
      return i;
  return -1;
}

QString IdentityGraphView::textOf(int node) const {
  const auto& n = graph_.nodes[std::size_t(node)];
  const QString likeness = (faces_ > int(graph_.nodes.size())
                                ? tr("like the other centroids: %L1 in all\nlike its own: %L2 of those shown")
                                : tr("like the other centroids: %L1 in all\nlike its own: %L2 in all"))
                               .arg(n.others, 0, 'f', 1)
                               .arg(n.linked, 0, 'f', 1);
  const QString state = n.kept ? tr("Kept") : tr("Discarded");
  if (source_.isOrder())
    return tr("%1 now; kept as number %L2").arg(state).arg(qint64(n.enters) + 1) + '\n' + likeness;
  if (source_.isCut()) return tr("%1 at this lambda").arg(state) + '\n' + likeness;
  return tr("%1 at this lambda; kept from lambda %2 on")
             .arg(state, std::isinf(n.enters) ? tr("none") : lambdaText(-n.enters)) +
         '\n' + likeness;
}

bool IdentityGraphView::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    const int node = nodeAt(help->pos());
    if (node < 0) {
      QToolTip::hideText();
      event->ignore();
    } else {
      QToolTip::showText(help->globalPos(), textOf(node), this);
    }
    return true;
  }
  return QWidget::event(event);
}

void IdentityGraphView::mousePressEvent(QMouseEvent* event) {
  if (const int node = nodeAt(event->position()); node >= 0 && event->button() == Qt::LeftButton) {
    const int sample = int(graph_.nodes[std::size_t(node)].sample);
    session_.select({sample}, sample);
    update();
  }
}

void IdentityGraphView::contextMenuEvent(QContextMenuEvent* event) {
  const int node = nodeAt(event->pos());
  if (node < 0) return;
  QMenu menu(this);
  addImageMenu(menu, session_, int(graph_.nodes[std::size_t(node)].sample),
               [this](int sample) { emit inspectRequested(sample); });
  menu.exec(event->globalPos());
}

void IdentityGraphView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const int node = nodeAt(event->position()); node >= 0)
    emit inspectRequested(int(graph_.nodes[std::size_t(node)].sample));
}

}  // namespace discern::ui

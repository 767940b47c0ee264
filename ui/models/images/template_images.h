// The images of one template with what each aggregation makes of them; the first column switches them.
#pragma once

#include <QAbstractTableModel>
#include <functional>
#include <memory>
#include <vector>

#include "core/analysis/template_match.h"
#include "ui/models/images/sample_table.h"

namespace discern::ui {

class TemplateImages : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { On, File, Score, AtPoint, FirstWeight };
  enum Role { SampleRole = Qt::UserRole, SortRole };

  using QAbstractTableModel::QAbstractTableModel;

  // Shows those of the template that the table shows. Another template, or another table, is another model;
  // the same one with other switches stays.
  void set(std::shared_ptr<const SampleTable> table, std::shared_ptr<const analysis::TriedTemplate> tried);
  void setThumbnails(std::function<QVariant(int sample)> thumbnails);
  void thumbnailReady(int sample);

  int sampleAt(int row) const;
  int rowOf(int sample) const;  // -1: not shown

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 signals:
  void switched(int place, bool on);  // of the template's images

 private:
  int placeAt(int row) const { return places_[static_cast<std::size_t>(row)]; }
  const analysis::TriedAggregation& aggregationAt(int column) const;
  QString text(int place, int column) const;

  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  std::shared_ptr<const analysis::TriedTemplate> tried_ = std::make_shared<const analysis::TriedTemplate>();
  std::vector<int> places_;    // in the template, of each row
  std::vector<int> weighing_;  // the aggregations that are weighted means
  std::function<QVariant(int)> thumbnails_;
};

}  // namespace discern::ui

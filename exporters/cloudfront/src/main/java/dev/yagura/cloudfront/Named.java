package dev.yagura.cloudfront;

import dev.yagura.cloudfront.store.DistributionView;
import dev.yagura.cloudfront.store.View;
import dev.yagura.core.metrics.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Something of a distribution that has a name: a result type, a reason, an object. */
record Named<T>(String distribution, String name, T value) {

  /** The distribution, and the name under this label. */
  static <T> LabelSet<Named<T>> labels(String label) {
    return LabelSet.<Named<T>>of("distribution", Named::distribution).and(label, Named::name);
  }

  /** A row for each entry of each distribution. */
  static <T> List<Named<T>> rows(View view, Function<DistributionView, Map<String, T>> entries) {
    List<Named<T>> rows = new ArrayList<>();
    view.distributions()
        .forEach(
            (distribution, one) ->
                entries
                    .apply(one)
                    .forEach((name, value) -> rows.add(new Named<>(distribution, name, value))));
    return rows;
  }
}

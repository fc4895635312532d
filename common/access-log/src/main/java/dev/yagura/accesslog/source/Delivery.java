package dev.yagura.accesslog.source;

/** What becomes of one offered file. */
public interface Delivery {
  /** For sources that do not need to know. */
  Delivery IGNORED =
      new Delivery() {
        @Override
        public void committed() {}

        @Override
        public void failed() {}
      };

  /** It is counted, now or before; the power may fail from here on. */
  void committed();

  /** It is not counted; it may be offered again. */
  void failed();
}

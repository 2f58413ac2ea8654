package grpc.kernel.registry;

/** A provider that a runtime lacks; the message says which module to add. */
public final class MissingProvider extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final String kind;
  private final String name;
  private final String module;

  MissingProvider(String kind, String name, String module, String message) {
    super(message);
    this.kind = kind;
    this.name = name;
    this.module = module;
  }

  /** {@return the kind, as its table calls it} */
  public String kind() {
    return kind;
  }

  /** {@return the name that was asked for} */
  public String name() {
    return name;
  }

  /** {@return the module that would bring it; empty where none is known} */
  public String module() {
    return module;
  }
}

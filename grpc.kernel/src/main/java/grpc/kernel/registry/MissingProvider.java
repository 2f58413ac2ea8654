package grpc.kernel.registry;

import grpc.kernel.info.ProviderInfo.Kind;

/** A provider that a runtime lacks; the message says which module to add. */
public final class MissingProvider extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String name;
  private final String module;

  MissingProvider(Kind kind, String name, String module, String message) {
    super(message);
    this.kind = kind;
    this.name = name;
    this.module = module;
  }

  /** {@return the kind} */
  public Kind kind() {
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

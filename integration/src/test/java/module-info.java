/** Black-box tests: a module of its own beside the modules it tests. */
open module integration {
  requires grpc.kernel;
  requires grpc.resolver.manual;
  requires grpc.transport.inprocess;
  requires org.junit.jupiter.api;
}

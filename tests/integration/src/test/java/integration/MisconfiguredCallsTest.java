package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.api.MethodType;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.info.Finding;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that the runtime cannot make: the call throws what the check lists, in the same words. */
class MisconfiguredCallsTest {
  private static <T> MethodDescriptor<T, T> method(Class<T> type, String codec) {
    return MethodDescriptor.of("acme.Other/Call", MethodType.UNARY, type, type, codec);
  }

  static List<Arguments> mistakes() {
    return List.of(
        Arguments.of(method(byte[].class, "thrift"), CallOptions.DEFAULT, new byte[0]),
        Arguments.of(method(String.class, "raw"), CallOptions.DEFAULT, "x"),
        Arguments.of(
            method(byte[].class, "raw"), CallOptions.DEFAULT.withCompressor("br"), new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  <T> void callThrowsWhatTheCheckLists(
      MethodDescriptor<T, T> method, CallOptions options, T request) {
    var findings = GrpcRuntime.system().check(options, method);
    assertEquals(1, findings.size(), findings::toString);
    var streaming =
        MethodDescriptor.of(
            method.fullName(),
            MethodType.SERVER_STREAMING,
            method.requestType(),
            method.responseType(),
            method.codec());
    try (var link = Link.open()) {
      var channel = link.channel();
      var thrown =
          List.of(
              assertThrows(
                  IllegalStateException.class, () -> channel.unary(method, request, options)),
              assertThrows(
                  IllegalStateException.class,
                  () -> channel.serverStreaming(streaming, request, options)),
              assertInstanceOf(
                  IllegalStateException.class,
                  assertThrows(
                          ExecutionException.class,
                          () -> channel.unaryAsync(method, request, options).get())
                      .getCause()));
      var said = findings.stream().map(Finding::message).toList();
      thrown.forEach(e -> assertEquals(said, List.of(e.getMessage())));
    }
  }
}

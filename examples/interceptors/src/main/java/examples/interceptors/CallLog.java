package examples.interceptors;

import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.ClientCall;
import grpc.api.ClientInterceptor;
import grpc.api.ForwardingCall;
import grpc.api.MethodDescriptor;
import grpc.api.ServerCall;
import grpc.api.ServerInterceptor;
import grpc.api.StatusException;
import grpc.api.UnaryResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the end of each call, on either side. */
public final class CallLog implements ClientInterceptor, ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(CallLog.class);

  /** A log at level INFO. */
  public CallLog() {}

  @Override
  public <Q, R> UnaryResponse<R> interceptUnary(
      MethodDescriptor<Q, R> method, Q request, CallOptions options, Channel next) {
    try {
      var response = next.unary(method, request, options);
      log.info("called {}: OK", method);
      return response;
    } catch (StatusException e) {
      log.info("called {}: {}", method, e.status());
      throw e;
    }
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptStream(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new ForwardingCall<>(next.call(method, options)) {
      @Override
      public Optional<R> receive() {
        try {
          var message = super.receive();
          if (message.isEmpty()) {
            log.info("called {}: OK", method);
          }
          return message;
        } catch (StatusException e) {
          log.info("called {}: {}", method, e.status());
          throw e;
        }
      }
    };
  }

  @Override
  public <Q, R> R interceptUnary(
      MethodDescriptor<Q, R> method, Q request, CallContext context, UnaryNext<Q, R> next)
      throws Exception {
    try {
      var response = next.handle(request, context);
      log.info("answered {}: OK", method);
      return response;
    } catch (Exception e) {
      log.info("answered {}: {}", method, e.toString());
      throw e;
    }
  }

  @Override
  public <Q, R> void interceptStream(ServerCall<Q, R> call, StreamNext<Q, R> next)
      throws Exception {
    try {
      next.handle(call);
      log.info("answered {}: OK", call.method());
    } catch (Exception e) {
      log.info("answered {}: {}", call.method(), e.toString());
      throw e;
    }
  }
}

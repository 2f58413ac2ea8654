package grpc.kernel.check;

import grpc.api.CallOptions;
import grpc.api.MethodDescriptor;
import grpc.kernel.channel.TargetParser;
import grpc.kernel.guard.GuardedPolicy;
import grpc.kernel.info.Finding;
import grpc.kernel.message.MethodMarshallers;
import grpc.kernel.pick.ChannelSettings;
import grpc.kernel.registry.MissingProvider;
import grpc.kernel.registry.PluginFailure;
import grpc.kernel.registry.ProviderKind;
import grpc.kernel.registry.Providers;
import grpc.kernel.serviceconfig.ServiceConfig;
import grpc.kernel.serviceconfig.ServiceConfigParser;
import grpc.spi.balancer.BalancerProvider;
import grpc.spi.failure.Reason;
import grpc.spi.resolver.Target;
import grpc.spi.transport.RequestHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what is asked of a runtime with what it has; goes on after the first finding. */
public final class RuntimeCheck {
  private static final SocketAddress INTERNET =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Providers providers;
  private final List<Finding> findings = new ArrayList<>();

  public RuntimeCheck(Providers providers) {
    this.providers = providers;
  }

  public List<Finding> findings() {
    return findings.stream().distinct().toList();
  }

  public void target(String text) {
    try {
      var target = TargetParser.parse(text, providers.table(ProviderKind.RESOLVER).names());
      require(() -> resolver(text, target));
      for (var address : sampleAddresses(target.scheme())) {
        require(() -> providers.requireTransport(address, Optional.empty()));
      }
    } catch (IllegalArgumentException | PluginFailure e) {
      malformed("", e);
    }
  }

  private List<SocketAddress> sampleAddresses(String scheme) {
    var resolver = providers.table(ProviderKind.RESOLVER).find(scheme);
    if (resolver.isEmpty()) { // then the addresses of the default scheme are known all the same
      return scheme.equals(TargetParser.DEFAULT_SCHEME) ? List.of(INTERNET) : List.of();
    }
    try {
      return List.copyOf(resolver.get().sampleAddresses());
    } catch (Throwable thrown) {
      throw PluginFailure.of("resolver", resolver.get(), thrown);
    }
  }

  /** A resolver does nothing before it is started; making one shows whether it takes the target. */
  private void resolver(String text, Target target) {
    var provider = providers.requireResolver(target.scheme());
    try {
      provider.create(target, new UnusedContext()).close();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException( // it does not take this one
          Reason.of(e) + TargetParser.hint(text, providers.table(ProviderKind.RESOLVER).names()),
          e);
    } catch (Throwable thrown) {
      throw PluginFailure.of("resolver", provider, thrown);
    }
  }

  public void serviceConfig(String json) {
    try {
      ServiceConfigParser.misspelt(json).forEach(this::misspelt);
      var names = ServiceConfigParser.policies(json);
      var known = names.stream().filter(name -> has(name)).findFirst();
      for (String name : names.isEmpty() ? List.of(ChannelSettings.DEFAULT_POLICY) : names) {
        if (known.equals(Optional.of(name))) {
          break; // those after it are for other runtimes
        }
        require(known.isEmpty(), () -> providers.requireBalancer(name));
      }
      var nested =
          new NestedPolicies(providers.table(ProviderKind.BALANCER), names, known.isPresent());
      var parsed = parse(json, nested);
      nested.found().forEach(this::children);
      if (parsed.healthService().isPresent()) {
        require(false, providers::requireHealthChecker);
      }
    } catch (IllegalArgumentException | PluginFailure e) {
      malformed("service config: ", e);
    }
  }

  /** Where a policy within another's configuration is missing, that is what there is to say. */
  private ServiceConfig parse(String json, NestedPolicies nested) {
    try {
      var parsed = new ServiceConfigParser(nested::find).parse(json);
      nested.missing().forEach(name -> require(false, () -> providers.requireBalancer(name)));
      return parsed;
    } catch (IllegalArgumentException e) {
      if (nested.missing().isEmpty()) {
        throw e;
      }
      nested.missing().forEach(name -> require(() -> providers.requireBalancer(name)));
      return new ServiceConfigParser(nested::findOrUnknown).parse(json);
    }
  }

  private void children(BalancerProvider<?> policy) {
    GuardedPolicy.of(policy)
        .childPolicies()
        .forEach(child -> require(() -> providers.requireBalancer(child)));
  }

  public void calls(CallOptions options, List<MethodDescriptor<?, ?>> methods) {
    options
        .compressor()
        .filter(encoding -> !encoding.equals(RequestHeaders.IDENTITY))
        .ifPresent(encoding -> require(() -> providers.requireCompressor(encoding)));
    methods.forEach(method -> require(() -> MethodMarshallers.of(method, providers)));
  }

  private boolean has(String policy) {
    return providers.table(ProviderKind.BALANCER).find(policy).isPresent();
  }

  private void require(Runnable provider) {
    require(true, provider);
  }

  private void require(boolean needed, Runnable provider) {
    try {
      provider.run();
    } catch (MissingProvider e) {
      findings.add(
          new Finding.Missing(
              e.kind(),
              e.name(),
              e.module().isEmpty() ? Optional.empty() : Optional.of(e.module()),
              needed,
              Reason.of(e)));
    } catch (IllegalStateException e) {
      malformed("", e); // several transports for one address, or a type that a codec cannot carry
    }
  }

  private void misspelt(String field) {
    findings.add(new Finding.Malformed("service config: " + field));
  }

  private void malformed(String what, RuntimeException e) {
    findings.add(new Finding.Malformed(what + Reason.of(e)));
  }
}

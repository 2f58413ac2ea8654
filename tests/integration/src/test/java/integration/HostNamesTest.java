package integration;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.spi.InetAddressResolverProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** That dnsjava on the module path leaves the JVM's own look-ups alone. */
class HostNamesTest {
  @Test
  void dnsjavaHandsInetAddressTheBuiltInResolver() {
    assertNull(System.getProperty("org.dnsjava.spi.enable"));
    var providers = ServiceLoader.load(InetAddressResolverProvider.class).stream().toList();
    assertFalse(providers.isEmpty());
    for (var provider : providers) {
      assertTrue(provider.type().getName().startsWith("org.xbill.DNS."), provider::toString);
      // the configuration is sealed, so there is none to hand over: that the provider asks it for
      // the built-in resolver, and makes none itself, shows all the same
      var made = provider.get();
      var e = assertThrows(NullPointerException.class, () -> made.get(null));
      assertTrue(e.getMessage().contains("builtinResolver()"), e::toString);
    }
  }
}

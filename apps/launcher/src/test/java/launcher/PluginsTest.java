package launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.kernel.GrpcRuntime;
import grpc.spi.balancer.BalancerProvider;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.constant.ModuleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  private static final ClassDesc SERVICE = BalancerProvider.class.describeConstable().orElseThrow();
  private static final ClassDesc PROVIDER = ClassDesc.of("plugin.Provider");

  @TempDir Path folder;

  private static Flags flags(String folder) throws UsageException {
    var flags = Plugins.flag(Flags.of("tool", "does things"));
    flags.read(new String[] {"--plugins", folder});
    return flags;
  }

  /** Writes the module {@code plugin}, whose only class provides the policy {@code plugged}. */
  private void writePlugin(String required) throws IOException {
    writePlugin("plugin", required);
  }

  /** Writes a module of this name with that same class, in its package {@code plugin}. */
  private void writePlugin(String name, String required) throws IOException {
    var files = Files.createDirectories(folder.resolve(name + "/plugin"));
    var classes = ClassFile.of();
    var info =
        ModuleAttribute.of(
            ModuleDesc.of(name),
            module ->
                module
                    .requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null)
                    .requires(ModuleDesc.of(required), 0, null)
                    .provides(SERVICE, PROVIDER));
    Files.write(files.resolveSibling("module-info.class"), classes.buildModule(info));
    var returnsString = MethodTypeDesc.of(ConstantDescs.CD_String);
    Files.write(
        files.resolve("Provider.class"),
        classes.build(
            PROVIDER,
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER)
                    .withInterfaceSymbols(SERVICE)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody(
                        "policyName",
                        returnsString,
                        ClassFile.ACC_PUBLIC,
                        code -> code.loadConstant("plugged").areturn())));
  }

  private void refused(String message) throws UsageException {
    var flags = flags(folder.toString());
    var e = assertThrows(IllegalArgumentException.class, () -> Plugins.runtime(flags));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void withoutAFolderTheRuntimeIsTheProgramsOwn() throws Exception {
    assertSame(GrpcRuntime.system(), Plugins.runtime(flags("")));
    assertSame(GrpcRuntime.system(), Plugins.runtime(Flags.of("tool", "has no such flag")));
  }

  @Test
  void providersOfTheFolderAreAddedToTheProgramsOwn() throws Exception {
    writePlugin("grpc.spi");
    var added =
        Plugins.runtime(flags(folder.toString())).providers().stream()
            .filter(p -> !GrpcRuntime.system().providers().contains(p))
            .toList();
    assertEquals(1, added.size(), added.toString());
    assertEquals("plugged", added.getFirst().name());
    assertEquals("plugin", added.getFirst().module());
    assertTrue(added.getFirst().location().orElseThrow().toString().contains("/plugin"));
  }

  @Test
  void folderWithoutModulesIsRefused() throws Exception {
    refused("no new module in this folder");
  }

  @Test
  void whatIsNoFolderIsRefused() throws Exception {
    Files.delete(folder);
    refused("(expected: a folder of modular jars)");
    Files.createDirectory(folder);
  }

  @Test
  void packageOfTwoModulesIsNamedWithBothAndWhatToDo() throws Exception {
    writePlugin("plugin", "grpc.spi");
    writePlugin("other", "grpc.spi");
    refused(
        "--plugins %s: package plugin is in other (other) and in plugin (plugin)".formatted(folder)
            + " (expected: in one jar; remove one of them)");
  }

  @Test
  void missingRequirementIsNamed() throws Exception {
    writePlugin("acme.absent");
    refused("Module acme.absent not found");
  }
}

package dev.semel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal as an outsider's Maven runs it: the jars of this build in a repository of their own, before the usual one. */
class VerifyGoalIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String VERSION = System.getProperty("test.semel.version");
    private static final String COMPILE = "org.apache.maven.plugins:maven-compiler-plugin:"
            + System.getProperty("test.compiler.version") + ":compile";
    private static final String VERIFY = "dev.semel:semel-maven-plugin:" + VERSION + ":verify";
    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.acme</groupId>
              <artifactId>shop</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>dev.semel</groupId>
                  <artifactId>semel-core</artifactId>
                  <version>%s</version>
                </dependency>
              </dependencies>
            </project>
            """;
    private static final String SHOP = """
            package com.acme;
            import dev.semel.*;
            class Shop {
                @Exempt(value = "SEMEL006", reason = "an example without tests")
                static final Operation<String, String> SELL =
                        Operation.standard("sell", String.class, String.class).build();
                static void configure(Semel.Builder builder) {
                    builder.handle(SELL, write -> write.resultId().toString());
                }
            }
            """;

    @TempDir
    static Path repository;

    @TempDir
    Path project;

    @BeforeAll
    static void offerTheJarsOfThisBuild() throws IOException {
        offer("semel-parent", ROOT, "pom");
        offer("semel-core", ROOT.resolve("framework/core"), "jar");
        offer("semel-testkit", ROOT.resolve("framework/testkit"), "jar");
        offer("semel-maven-plugin", ROOT.resolve("framework/maven-plugin"), "jar");
    }

    private static void offer(String artifact, Path module, String packaging) throws IOException {
        String name = artifact + "-" + VERSION;
        Path directory = Files.createDirectories(repository.resolve("dev/semel/" + artifact + "/" + VERSION));
        Files.copy(module.resolve("pom.xml"), directory.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        if (packaging.equals("jar")) {
            Files.copy(module.resolve("target/" + name + ".jar"), directory.resolve(name + ".jar"));
        }
    }

    @BeforeEach
    void soundProject() throws IOException {
        Files.writeString(project.resolve("pom.xml"), POM.formatted(VERSION));
        write(SHOP);
    }

    private void write(String shop) throws IOException {
        Files.writeString(
                Files.createDirectories(project.resolve("src/main/java/com/acme"))
                        .resolve("Shop.java"),
                shop);
    }

    @Test
    void buildFailsWithTheCodeAndWritesTheReports() throws Exception {
        write(SHOP.replace("write.resultId()", "java.util.UUID.randomUUID()"));
        assertThat(maven(false, COMPILE, VERIFY))
                .contains("BUILD FAILURE", "SEMEL007 com.acme.Shop", "Shop.java:8", "Write.resultId()", "SEMEL012");
        assertThat(project.resolve("target/semel/verify.sarif")).content().contains("src/main/java/com/acme/Shop.java");
        assertThat(project.resolve("target/semel/verify.json")).content().contains("SEMEL007");
        assertThat(maven(false, VERIFY, "-Dsemel.verify.skip")).contains("BUILD SUCCESS");
    }

    @Test
    void manifestIsAcceptedByAPersonAndEveryLaterChangeIsReviewed() throws Exception {
        assertThat(maven(true, COMPILE, VERIFY, "-Dsemel.manifest.update"))
                .contains("BUILD FAILURE", "refused where CI");
        assertThat(project.resolve("semel-operations.json")).doesNotExist();
        assertThat(maven(false, VERIFY, "-Dsemel.manifest.update")).contains("BUILD SUCCESS");
        assertThat(maven(true, VERIFY)).contains("BUILD SUCCESS", "the write contract is kept");
        write(SHOP.replace("standard(", "highRisk("));
        assertThat(maven(true, COMPILE, VERIFY)).contains("BUILD FAILURE", "SEMEL012", "STANDARD", "HIGH_RISK");
    }

    private String maven(boolean ci, String... goals) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("test.maven.home"), "bin/mvn").toString(),
                "-B",
                "-o",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("test.maven.repository"),
                "-Dmaven.repo.local.tail.ignoreAvailability=true"));
        command.addAll(List.of(goals));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().remove("CI");
        builder.environment().remove("MAVEN_ARGS");
        if (ci) {
            builder.environment().put("CI", "true");
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}

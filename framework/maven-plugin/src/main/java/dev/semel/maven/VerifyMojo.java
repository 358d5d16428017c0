package dev.semel.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Fails the build if the compiled classes do not keep the write contract, or its operations differ from the manifest. */
@Mojo(
        name = "verify",
        defaultPhase = LifecyclePhase.VERIFY,
        threadSafe = true,
        requiresDependencyResolution = ResolutionScope.COMPILE)
@SuppressWarnings("NullAway.Init")
public final class VerifyMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** Does nothing. */
    @Parameter(property = "semel.verify.skip", defaultValue = "false")
    private boolean skip;

    /** Which reports to write: {@code json}, {@code sarif}. The console always gets the text. */
    @Parameter(property = "semel.verify.formats", defaultValue = "json,sarif")
    private List<String> formats;

    /** Where to. */
    @Parameter(property = "semel.verify.directory", defaultValue = "${project.build.directory}/semel")
    private File reportDirectory;

    /** More calls that no handler may make: {@code package.Class#method}, with {@code *} for anything. */
    @Parameter
    private @Nullable List<String> outgoingCalls;

    /** Directories of classes that belong to the application, besides this module's. */
    @Parameter
    private @Nullable List<File> additionalClasses;

    /** Directories of compiled tests, besides this module's. */
    @Parameter
    private @Nullable List<File> additionalTestClasses;

    /** The reviewed manifest of the operations. */
    @Parameter(property = "semel.manifest", defaultValue = "${project.basedir}/semel-operations.json")
    private File manifest;

    /** Writes the manifest instead of comparing it. Refused where the environment variable CI is set. */
    @Parameter(property = "semel.manifest.update", defaultValue = "false")
    private boolean manifestUpdate;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("semel:verify is skipped");
            return;
        }
        try {
            Report report = withManifest(Verifier.verify(read()));
            write(report);
            conclude(report);
        } catch (IOException | DependencyResolutionRequiredException e) {
            throw new MojoExecutionException("semel:verify cannot read the project: " + e.getMessage(), e);
        }
    }

    private Project read() throws DependencyResolutionRequiredException {
        Path base = project.getBasedir().toPath();
        return new Project(
                base,
                directories(project.getBuild().getOutputDirectory(), additionalClasses),
                directories(project.getBuild().getTestOutputDirectory(), additionalTestClasses),
                project.getCompileSourceRoots().stream().map(base::resolve).toList(),
                project.getCompileClasspathElements().stream().map(Path::of).toList(),
                outgoingCalls == null ? List.of() : outgoingCalls);
    }

    private static List<Path> directories(String own, @Nullable List<File> others) {
        List<Path> all = new ArrayList<>(List.of(Path.of(own)));
        Stream.ofNullable(others).flatMap(List::stream).map(File::toPath).forEach(all::add);
        return all;
    }

    private Report withManifest(Report report) throws IOException, MojoFailureException {
        Path file = manifest.toPath();
        if (manifestUpdate) {
            update(file, report);
        }
        String path = project.getBasedir().toPath().relativize(file).toString().replace('\\', '/');
        return report.comparedWith(new Report.Reviewed(path, Files.exists(file) ? Files.readString(file) : ""));
    }

    private void update(Path file, Report report) throws IOException, MojoFailureException {
        if (System.getenv("CI") != null) {
            throw new MojoFailureException(
                    "semel.manifest.update is refused where CI is set: a manifest is accepted by a person, and committed");
        }
        Files.writeString(file, report.manifest());
        getLog().info("wrote " + file + ": review and commit it");
    }

    private void write(Report report) throws IOException {
        Path directory = Files.createDirectories(reportDirectory.toPath());
        if (formats.contains("json")) {
            Files.writeString(directory.resolve("verify.json"), report.json());
        }
        if (formats.contains("sarif")) {
            Files.writeString(directory.resolve("verify.sarif"), report.sarif());
        }
    }

    private void conclude(Report report) throws MojoFailureException {
        if (!report.violations().isEmpty()) {
            report.text().lines().forEach(getLog()::error);
            throw new MojoFailureException("the write contract is violated; docs/verifier.md explains each code");
        }
        getLog().info("the write contract is kept");
    }
}

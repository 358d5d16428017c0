package dev.semel.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs {@link FakeServerMain} into an executable jar. */
public final class FakeServer {

    private FakeServer() {}

    public static Path jarIn(Path folder) throws IOException {
        Path jar = folder.resolve("fake-server.jar");
        write(jar, "");
        return jar;
    }

    /** @param build tells this jar from others, and what its server does when it is trained */
    public static void write(Path jar, String build) throws IOException {
        String entry = FakeServerMain.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest());
                InputStream in = FakeServerMain.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
            out.closeEntry();
            out.putNextEntry(new JarEntry(FakeServerMain.BUILD));
            out.write(build.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServerMain.class.getName());
        return manifest;
    }
}

package dev.semel.maven.internal;

import dev.semel.maven.Place;
import dev.semel.maven.Project;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** The project's classes, read and not loaded. Used by one thread. */
public final class Classes implements AutoCloseable {
    private final Project project;
    private final Map<String, ClassNode> types;
    private final List<ClassNode> tests;
    private final Lambdas lambdas;
    private final URLClassLoader others;
    private final Map<String, Optional<ClassNode>> foreign = new HashMap<>();
    private final Map<String, List<ClassNode>> subtypes = new HashMap<>();

    private Classes(Project project, Map<String, ClassNode> types, List<ClassNode> tests) throws IOException {
        this.project = project;
        this.types = types;
        this.tests = tests;
        this.lambdas = new Lambdas(types.values());
        URL[] urls = new URL[project.classpath().size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = project.classpath().get(i).toUri().toURL();
        }
        this.others = new URLClassLoader(urls, null);
        types.values().forEach(this::addToSupertypes);
    }

    private void addToSupertypes(ClassNode type) {
        supertypes(type)
                .forEach(supertype -> subtypes.computeIfAbsent(supertype, name -> new ArrayList<>())
                        .add(type));
    }

    /** Reads all classes of the project. */
    public static Classes read(Project project) throws IOException {
        Map<String, ClassNode> types = new TreeMap<>();
        for (Path directory : project.classes()) {
            read(directory).forEach(type -> types.put(type.name, type));
        }
        List<ClassNode> tests = new ArrayList<>();
        for (Path directory : project.testClasses()) {
            tests.addAll(read(directory));
        }
        return new Classes(project, types, tests);
    }

    private static List<ClassNode> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(Classes::parse)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ClassNode parse(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassNode parse(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_FRAMES);
        return type;
    }

    Project project() {
        return project;
    }

    Stream<ClassNode> types() {
        return types.values().stream();
    }

    Stream<ClassNode> tests() {
        return tests.stream();
    }

    Stream<Member> members() {
        return types().flatMap(Classes::members);
    }

    static Stream<Member> members(ClassNode type) {
        return type.methods.stream().map(method -> new Member(type, method));
    }

    static Stream<AbstractInsnNode> instructions(MethodNode method) {
        return StreamSupport.stream(method.instructions.spliterator(), false);
    }

    @Nullable
    ClassNode own(String name) {
        return types.get(name);
    }

    /** The project's classes that extend or implement it directly. */
    List<ClassNode> subtypes(String name) {
        return subtypes.getOrDefault(name, List.of());
    }

    /** What runs when a method is called on objects of the project's classes, each once. */
    Stream<Member> implementations(Member declared) {
        return withSubtypes(declared.type())
                .filter(type -> (type.access & Opcodes.ACC_ABSTRACT) == 0)
                .map(type -> inherited(type, declared))
                .distinct();
    }

    private Stream<ClassNode> withSubtypes(ClassNode type) {
        return Stream.concat(Stream.of(type), subtypes(type.name).stream().flatMap(this::withSubtypes));
    }

    private Member inherited(ClassNode type, Member declared) {
        ClassNode parent = type.superName == null ? null : own(type.superName);
        return members(type)
                .filter(member -> member.method().name.equals(declared.method().name)
                        && member.method().desc.equals(declared.method().desc))
                .findFirst()
                .orElseGet(() -> parent == null ? declared : inherited(parent, declared));
    }

    static Stream<String> supertypes(ClassNode type) {
        return Stream.concat(Stream.ofNullable(type.superName), type.interfaces.stream());
    }

    /** The project's or another's class; empty if it is nowhere. */
    Optional<ClassNode> find(String name) {
        ClassNode own = types.get(name);
        return own != null ? Optional.of(own) : foreign.computeIfAbsent(name, this::readForeign);
    }

    private Optional<ClassNode> readForeign(String name) {
        try (InputStream bytes = others.getResourceAsStream(name + ".class")) {
            return bytes == null ? Optional.empty() : Optional.of(parse(bytes.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Place place(Member member, @Nullable AbstractInsnNode at) {
        return new Place(
                member.type().name.replace('/', '.'),
                member.method().name,
                line(member.method(), at),
                file(member.type()));
    }

    Place place(ClassNode type, String member) {
        return new Place(type.name.replace('/', '.'), member, 0, file(type));
    }

    private static int line(MethodNode method, @Nullable AbstractInsnNode at) {
        AbstractInsnNode node = at == null ? method.instructions.getFirst() : at;
        while (node != null && !(node instanceof LineNumberNode)) {
            node = at == null ? node.getNext() : node.getPrevious();
        }
        return node instanceof LineNumberNode number ? number.line : 0;
    }

    private String file(ClassNode type) {
        if (type.sourceFile == null) {
            return "";
        }
        String path = type.name.substring(0, type.name.lastIndexOf('/') + 1) + type.sourceFile;
        return project.sources().stream()
                .map(directory -> directory.resolve(path))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> project.base().relativize(file).toString().replace('\\', '/'))
                .orElse(path);
    }

    /** By itself, by the method that makes it if it is a lambda, or by its class. */
    boolean exempt(String code, Member member) {
        return Exemptions.of(member.annotations()).contains(code)
                || lambdas.maker(member).map(maker -> exempt(code, maker)).orElseGet(() -> exempt(code, member.type()));
    }

    boolean exempt(String code, ClassNode type) {
        if (Exemptions.of(annotations(type)).contains(code)) {
            return true;
        }
        ClassNode outer = own(type.name.substring(0, Math.max(0, type.name.lastIndexOf('$'))));
        return outer != null && exempt(code, outer);
    }

    static List<AnnotationNode> annotations(ClassNode type) {
        return Annotations.all(type.visibleAnnotations, type.invisibleAnnotations);
    }

    static List<AnnotationNode> annotations(FieldNode field) {
        return Annotations.all(field.visibleAnnotations, field.invisibleAnnotations);
    }

    @Override
    public void close() throws IOException {
        others.close();
    }
}

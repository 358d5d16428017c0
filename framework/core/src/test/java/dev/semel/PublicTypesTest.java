package dev.semel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever of the core others can build on is listed in {@code docs/api-types.md}, with the reason why it has to be. */
class PublicTypesTest {
    private static final Path LIST = Path.of("../../docs/api-types.md");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| (`[^|]+`) \\| ([^|]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    private static Stream<JavaClass> types() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPath("target/classes").stream()
                        .filter(type -> type.getPackageName().startsWith("dev.semel"))
                        .filter(type -> !type.getPackageName().contains(".internal"))
                        .filter(PublicTypesTest::isPublic);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getSimpleName().equals("package-info")
                && type.getEnclosingClass().map(PublicTypesTest::isPublic).orElse(true);
    }

    private static List<MatchResult> lines() throws IOException {
        return LINE.matcher(Files.readString(LIST)).results().toList();
    }

    @Test
    void listIsComplete() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (MatchResult line : lines()) {
            NAME.matcher(line.group(1))
                    .results()
                    .forEach(name -> assertThat(names.add("dev.semel." + name.group(1)))
                            .as(name.group(1) + " is listed once")
                            .isTrue());
        }

        assertThat(names)
                .hasSizeGreaterThan(80)
                .containsExactlyElementsOf(types().map(type -> type.getName().replace('$', '.'))
                        .sorted()
                        .toList());
    }

    @Test
    void eachLineSaysWhy() throws IOException {
        assertThat(lines().stream().map(line -> line.group(2).strip()))
                .allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(18));
    }

    @Test
    void whatOthersBuildOnShowsNothingInternal() {
        assertThat(types().flatMap(type -> Stream.concat(
                                type.getMethods().stream()
                                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                                        .flatMap(method -> method.getAllInvolvedRawTypes().stream()),
                                type.getConstructors().stream()
                                        .filter(made -> made.getModifiers().contains(JavaModifier.PUBLIC))
                                        .flatMap(made -> made.getAllInvolvedRawTypes().stream()))
                        .filter(shown -> shown.getPackageName().startsWith("dev.semel"))
                        .filter(shown -> shown.getPackageName().contains(".internal")
                                || !shown.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(shown -> type.getName() + " shows " + shown.getName())))
                .isEmpty();
    }
}

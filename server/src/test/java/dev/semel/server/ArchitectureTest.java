package dev.semel.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** The house: arrows run one way only. */
@AnalyzeClasses(packages = "dev.semel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "dev.semel",
        "dev.semel.internal..",
        "dev.semel.audit..",
        "dev.semel.failpoint..",
        "dev.semel.lease..",
        "dev.semel.maintenance..",
        "dev.semel.outbox.."
    };
    private static final String[] WHAT_CORE_KNOWS = {"java..", "javax.sql..", "org.slf4j..", "org.jspecify.."};

    @ArchTest
    static final ArchRule arrowsRunDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.semel..")
            .layer("core")
            .definedBy(CORE)
            .layer("jackson")
            .definedBy("dev.semel.jackson..")
            .layer("postgres")
            .definedBy("dev.semel.postgres..")
            .layer("testkit")
            .definedBy("dev.semel.testkit..")
            .layer("starter")
            .definedBy("dev.semel.spring..")
            .layer("books")
            .definedBy("dev.semel.books..")
            .layer("documents")
            .definedBy("dev.semel.documents..")
            .layer("sync")
            .definedBy("dev.semel.sync..")
            .layer("server")
            .definedBy("dev.semel.server..")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("books")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("documents")
            .mayOnlyBeAccessedByLayers("sync", "server")
            .whereLayer("sync")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("starter")
            .mayOnlyBeAccessedByLayers("books", "documents", "sync", "server")
            .whereLayer("testkit")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("jackson")
            .mayOnlyBeAccessedByLayers("starter", "books", "documents", "server")
            .whereLayer("postgres")
            .mayOnlyBeAccessedByLayers("server", "testkit")
            .withOptionalLayers(true);

    @ArchTest
    static final ArchRule coreKnowsNoFramework = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    Stream.of(CORE, WHAT_CORE_KNOWS).flatMap(Stream::of).toArray(String[]::new));

    @ArchTest
    static final ArchRule embeddedPostgresKnowsNothingOfSemel = noClasses()
            .that()
            .resideInAPackage("dev.semel.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(Stream.of(CORE, new String[] {"dev.semel.spring..", "dev.semel.server.."})
                    .flatMap(Stream::of)
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule internalsOfCoreAreNobodyElsesBusiness = noClasses()
            .that()
            .resideOutsideOfPackages(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.semel.internal..");

    @ArchTest
    static final ArchRule internalsOfTheStarterAreNobodyElsesBusiness = noClasses()
            .that()
            .resideOutsideOfPackage("dev.semel.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.semel.spring.internal..");

    @ArchTest
    static final ArchRule serviceAndServerPackagesHaveNoCycles = slices().matching(
                    "dev.semel.(books|documents|sync|server).(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule staticStateIsFinal =
            noFields().that().areStatic().should().notBeFinal();
}

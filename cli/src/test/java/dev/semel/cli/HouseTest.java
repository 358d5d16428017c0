package dev.semel.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.semel.cli", importOptions = DoNotIncludeTests.class)
class HouseTest {

    @ArchTest
    static final ArchRule internalsOfCoreAreNobodyElsesBusiness =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.semel.internal..", "dev.semel.server..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.semel.cli.(*)..").should().beFreeOfCycles();
}

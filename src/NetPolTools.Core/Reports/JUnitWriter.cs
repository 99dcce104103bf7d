using System.Xml;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Test results in the form that JUnit's runner for Ant made common. What neither passed nor failed is an error there.</summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class JUnitWriter(TextWriter output, string root)
{
    private readonly LintPaths _paths = new(root);

    public void Write(TestRun run) => ReportXml.Write(output, xml =>
    {
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", run.Name);
        Counts(xml, [.. run.Suites.SelectMany(static suite => suite.Cases)]);
        foreach (var suite in run.Suites)
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", suite.Name);
            Counts(xml, suite.Cases);
            foreach (var test in suite.Cases)
                Write(xml, test);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    private void Write(XmlWriter xml, TestCase test)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", test.ClassName);
        xml.WriteAttributeString("name", test.Name);
        if (test.Location.File is { } file)
            xml.WriteAttributeString("file", Printable.Of(_paths.Of(file)));
        if (test.Location.Line > 0)
            ReportXml.Number(xml, "line", test.Location.Line);
        foreach (var failure in test.Failures)
            Write(xml, "failure", failure);
        foreach (var open in test.Open)
            Write(xml, "error", open);
        if (test.Skipped is not null)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", test.Skipped);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string element, TestFailure failure)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("type", failure.Type);
        xml.WriteAttributeString("message", failure.Message);
        xml.WriteString(failure.Text);
        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyCollection<TestCase> tests)
    {
        ReportXml.Number(xml, "tests", tests.Count);
        ReportXml.Number(xml, "failures", tests.Count(static test => test.Failures.Count > 0));
        ReportXml.Number(xml, "errors", tests.Count(static test => test.Open.Count > 0));
        ReportXml.Number(xml, "skipped", tests.Count(static test => test.Skipped is not null));
    }
}

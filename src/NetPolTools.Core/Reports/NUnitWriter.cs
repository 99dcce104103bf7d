using System.Globalization;
using System.Xml;

namespace NetPolTools.Reports;

/// <summary>Test results as NUnit 3 has them. What neither passed nor failed is inconclusive there.</summary>
public sealed class NUnitWriter(TextWriter output)
{
    private int _lastId;

    public void Write(TestRun run) => ReportXml.Write(output, xml =>
    {
        TestCase[] all = [.. run.Suites.SelectMany(static suite => suite.Cases)];
        _lastId = 0;
        xml.WriteStartElement("test-run");
        Attributes(xml, run.Name, all);
        xml.WriteStartElement("test-suite");
        xml.WriteAttributeString("type", "Assembly");
        Attributes(xml, run.Name, all);
        foreach (var suite in run.Suites)
            Write(xml, suite);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private void Write(XmlWriter xml, TestSuite suite)
    {
        xml.WriteStartElement("test-suite");
        xml.WriteAttributeString("type", "TestFixture");
        Attributes(xml, suite.Name, suite.Cases);
        foreach (var test in suite.Cases)
            Write(xml, test);
        xml.WriteEndElement();
    }

    private void Write(XmlWriter xml, TestCase test)
    {
        xml.WriteStartElement("test-case");
        Id(xml);
        xml.WriteAttributeString("name", test.Name);
        xml.WriteAttributeString("fullname", test.FullName);
        xml.WriteAttributeString("result", Result([test]));
        ReportXml.Number(xml, "asserts", 0);
        if (test.Failures.Count > 0)
        {
            xml.WriteStartElement("failure");
            xml.WriteElementString("message", string.Join('\n', test.Failures.Select(static failure => failure.Message)));
            xml.WriteElementString("stack-trace", string.Join('\n', test.Failures.Select(static failure => failure.Place)));
            xml.WriteEndElement();
        }
        else if (!test.HasPassed)
        {
            xml.WriteStartElement("reason");
            xml.WriteElementString("message", test.Skipped ?? string.Join('\n', test.Open.Select(static open => open.Message)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Attributes(XmlWriter xml, string name, IReadOnlyCollection<TestCase> tests)
    {
        Id(xml);
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("fullname", name);
        ReportXml.Number(xml, "testcasecount", tests.Count);
        xml.WriteAttributeString("result", Result(tests));
        ReportXml.Number(xml, "total", tests.Count);
        ReportXml.Number(xml, "passed", tests.Count(static test => test.HasPassed));
        ReportXml.Number(xml, "failed", tests.Count(static test => test.Failures.Count > 0));
        ReportXml.Number(xml, "inconclusive", tests.Count(static test => test.Open.Count > 0));
        ReportXml.Number(xml, "skipped", tests.Count(static test => test.Skipped is not null));
        ReportXml.Number(xml, "asserts", 0);
    }

    private static string Result(IReadOnlyCollection<TestCase> tests) => tests.Any(static test => test.Failures.Count > 0) ? "Failed"
        : tests.Any(static test => test.Open.Count > 0) ? "Inconclusive"
        : tests.All(static test => test.Skipped is not null) ? "Skipped"
        : "Passed";

    private void Id(XmlWriter xml) => xml.WriteAttributeString("id", (++_lastId).ToString(CultureInfo.InvariantCulture));
}

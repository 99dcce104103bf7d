using NetPolTools.Asking;
using NetPolTools.Diagnostics;

namespace NetPolTools.Tests.Asking;

public class RehearsalTests
{
    /// <summary>Nobody sees it fail: what it does not come to is compiled while somebody waits.</summary>
    [Fact]
    public void The_rehearsal_comes_to_an_answer()
    {
        var answer = Rehearsal.Run();
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.DoesNotContain(answer.AllDiagnostics(), static found => found.Severity == DiagnosticSeverity.Error);
        var lines = answer.Value!.List(TestContext.Current.CancellationToken)
            .Select(static line => $"{line.Source} {line.Destination} {line.Ports}");
        Assert.Equal(["shop/web[Deployment] shop/db[Pod] TCP 5432"], lines);
    }
}

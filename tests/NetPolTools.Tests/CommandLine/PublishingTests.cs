using System.Diagnostics;
using System.Text.Json;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>How the command of the README publishes the plugin, as MSBuild evaluates the project: nothing is built here.</summary>
public sealed class PublishingTests
{
    [Fact]
    public void What_is_for_another_machine_is_compiled_ahead_and_needs_NET()
    {
        var other = OperatingSystem.IsMacOS() ? "linux-x64" : "osx-x64";
        var found = Evaluate("-p:_IsPublishing=true", $"-p:RuntimeIdentifier={other}");
        Assert.Equal(("", "true", "false"), (found["PublishAot"], found["PublishReadyToRun"], found["SelfContained"]));
    }

    [Fact]
    public void Without_publishing_neither_compiler_is_asked_for()
    {
        var found = Evaluate();
        Assert.Equal(("", ""), (found["PublishAot"], found["PublishReadyToRun"]));
    }

    [Fact]
    public void What_somebody_asks_for_is_done()
    {
        var found = Evaluate("-p:_IsPublishing=true", "-p:PublishAot=false");
        Assert.Equal(("false", ""), (found["PublishAot"], found["PublishReadyToRun"]));
    }

    private static Dictionary<string, string> Evaluate(params string[] properties)
    {
        var project = Path.Combine(Repository.Root, "src", "kubectl-netpol", "kubectl-netpol.csproj");
        var start = new ProcessStartInfo(
            "dotnet", ["msbuild", project, "-getProperty:PublishAot", "-getProperty:PublishReadyToRun", "-getProperty:SelfContained", .. properties]);

        // A test runs with the SDK's own variables set, which would lead this one to the wrong tools.
        foreach (var variable in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);
        using var process = new ChildProcess(start);
        var (code, output, errors) = process.Finish();
        Assert.True(code == 0, output + errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("Properties").EnumerateObject()
            .ToDictionary(static property => property.Name, static property => property.Value.GetString()!);
    }
}

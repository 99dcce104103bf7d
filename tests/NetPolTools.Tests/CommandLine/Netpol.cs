using System.Text;
using System.Text.Json;
using NetPolTools.Kubectl;
using NetPolTools.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Runs the command line tool within this process, and keeps what it printed. <c>NetpolProcess</c> runs it as its users do.</summary>
internal sealed record Netpol(int ExitCode, string Output, string Errors)
{
    /// <summary>Far more than any test needs: what takes so long has come to a halt.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The pods and policies that most of these tests ask about: web to api to db, and nothing else.</summary>
    public static string ThreeTier => Repository.Manifests("three-tier");

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public IReadOnlyList<string> OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";

    public static Netpol Reach(params string[] arguments) => Run(null, ["reach", .. arguments]);

    public static Netpol ReachWithInput(string input, params string[] arguments) => Run(input, ["reach", .. arguments]);

    /// <param name="input">Standard input; null for an empty one.</param>
    /// <param name="arguments">After the name of the tool.</param>
    public static Netpol Run(string? input, params string[] arguments) => RunHere(input, null, arguments);

    /// <summary>Reads clusters with this kubectl.</summary>
    public static Netpol RunWithKubectl(KubectlProgram kubectl, params string[] arguments) => RunHere(null, kubectl, arguments);

    private static Netpol RunHere(string? input, KubectlProgram? kubectl, string[] arguments)
    {
        using var given = new MemoryStream(Encoding.UTF8.GetBytes(input ?? ""));
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        using var limit = new CancellationTokenSource(Limit);
        var terminal = new Terminal(() => given, () => output, errors) { Kubectl = kubectl };
        var code = Task.Run(() => Cli.Run(arguments, terminal, endsOnSignal: false, limit.Token)).GetAwaiter().GetResult();
        Assert.False(limit.IsCancellationRequested, $"It took more than {Limit}: {string.Join(' ', arguments)}");
        return new Netpol(code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}

using System.CommandLine;
using NetPolTools.Objects;

namespace NetPolTools.Kubectl;

/// <summary>The option that says where a question stands.</summary>
internal sealed class NamespaceOption
{
    private readonly Option<string?> _namespace = new("--namespace", "-n") { HelpName = "name" };

    /// <param name="about">What it makes of the answer, as a clause.</param>
    public NamespaceOption(string about)
    {
        _namespace.Description = $"Where the question stands: objects that name no namespace are in this one, and {about}. Without it, such objects are in "
            + $"{AskedNamespace.Default}, and the question is about all namespaces.";
        _namespace.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && NameRules.CheckDnsLabel(name) is { } wrong)
                result.AddError($"'{name}' is not the name of a namespace: it {wrong}.");
        });
    }

    public void AddTo(Command command) => command.Add(_namespace);

    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetResult(_namespace) is not null;

    public AskedNamespace Of(ParseResult result) => new(result.GetValue(_namespace));
}

/// <summary>Where a question stands.</summary>
/// <param name="Name">A namespace; null for a question about all of them.</param>
internal sealed record AskedNamespace(string? Name)
{
    public const string Default = "default";

    /// <summary>The namespace of objects that name none.</summary>
    public string OfObjects => Name ?? OfContext ?? Default;

    /// <summary>That of the context of the cluster that is read, which kubectl takes where none is named; null for none.</summary>
    public string? OfContext { get; init; }

    /// <summary>The namespaces that the answer is about; empty for all.</summary>
    public IReadOnlyList<string> Only => Name is null ? [] : [Name];
}

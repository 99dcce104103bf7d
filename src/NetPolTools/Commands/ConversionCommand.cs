using NetPolTools.Asking;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that makes policies of another API that decide the same as those of a cluster.</summary>
public abstract class ConversionCommand : InputCommand
{
    private protected abstract ConversionTarget Target { get; }

    private protected sealed override void Answer(NetPolSnapshot snapshot)
    {
        var answer = new ConversionQuestion(Target) { Namespaces = Namespace }.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is not { } converted)
            return;
        WriteVerbose($"To be deleted when these are applied: {string.Join(", ", converted.Replaced)}.");
        WriteObject(converted.Policies, enumerateCollection: true);
    }
}

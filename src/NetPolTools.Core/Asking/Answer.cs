using NetPolTools.Diagnostics;

namespace NetPolTools.Asking;

/// <summary>What came of a question.</summary>
/// <typeparam name="T">The answer itself. It may be worked out as it is read.</typeparam>
public sealed class Answer<T>
    where T : class
{
    internal Answer(AnswerStatus status, T? value, IReadOnlyList<AnswerDiagnostic> diagnostics, IReadOnlyList<Diagnostic> inputDiagnostics)
    {
        Status = status;
        Value = value;
        Diagnostics = diagnostics;
        InputDiagnostics = inputDiagnostics;
    }

    public AnswerStatus Status { get; }

    /// <summary>Null exactly when <see cref="Status"/> is <see cref="AnswerStatus.NotAnswered"/>; the diagnostics say why.</summary>
    public T? Value { get; }

    /// <summary>What there is to know of the question and of how it was evaluated. All of it is known before the answer is read.</summary>
    public IReadOnlyList<AnswerDiagnostic> Diagnostics { get; }

    /// <summary>What the reading of the inputs found; faces that read as they go have told it already.</summary>
    public IReadOnlyList<Diagnostic> InputDiagnostics { get; }

    /// <summary>Whether the whole question is answered.</summary>
    public bool IsWhole => Status is AnswerStatus.Answered or AnswerStatus.AnsweredWithErrors;

    /// <summary>Those of the input, then those of the question.</summary>
    public IReadOnlyList<Diagnostic> AllDiagnostics() => [.. InputDiagnostics, .. Diagnostics.Select(static told => told.Diagnostic)];
}

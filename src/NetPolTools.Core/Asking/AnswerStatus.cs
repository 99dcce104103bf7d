namespace NetPolTools.Asking;

/// <summary>How far a question was answered. Only the first two are answers to the whole question.</summary>
public enum AnswerStatus
{
    Answered,

    /// <summary>Answered, but something of the input was wrong and took no part, or what may decide the answer is not evaluated or not in the input.</summary>
    AnsweredWithErrors,

    /// <summary>Answered for the rest: a name in the question matches nothing, or something asked for could not be done.</summary>
    AnsweredInPart,

    /// <summary>There is no answer; an answer without content would be mistaken for "nothing is allowed" or "all is well".</summary>
    NotAnswered,
}

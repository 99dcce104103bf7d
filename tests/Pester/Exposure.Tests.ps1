BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $labels = Join-Path (Split-Path $threeTier) labels
}

Describe 'Get-NetPolExposure' {
    It 'tells that any pod may wear the label of a pod that runs' {
        $lines = Get-NetPolExposure $labels -Workload ledger | Where-Object Direction -eq Ingress
        $lines.Who | Should -Be 'any pod in namespaces with team=payments', 'pods with app!=ledger,role=teller in bank'
        $lines.Grade | Should -Be 'LabelledNamespaces', 'OwnNamespace'
        "$($lines[1].Ports)" | Should -Be 'TCP 5432'
        $lines[1].Reasons | Should -BeLike 'bank/ledger spec.ingress`[0`] (*application.yaml:64:5) allows TCP 5432: *'
    }

    It 'gives pods that questions take for ends' {
        $example = (Get-NetPolExposure $labels -Workload ledger | Where-Object Grade -eq OwnNamespace).Example
        $example | Should -Be 'new pod role=teller in namespace bank'
        Test-NetPolReachability $labels -From $example -To ledger -Port 5432 | Should -BeTrue
        Test-NetPolReachability $labels -From 'new pod in namespace bank' -To ledger -Port 5432 | Should -BeFalse
        Test-NetPolReachability $labels -From 'new pod in new namespace team=payments' -To ledger -Port 8443 | Should -BeTrue
    }

    It 'tells who may set the labels that let in' {
        $lines = Get-NetPolExposure $labels -Workload ledger -IncludeAccess | Where-Object Direction -eq Ingress
        $lines[0].Access | Should -BeLike 'Group keepers may *'
        $lines[1].Access | Should -BeLike 'ServiceAccount playground/pipeline may create or change workloads in bank: *'
    }

    It 'has no words for namespaces as a whole' {
        { Get-NetPolExposure $labels -By Namespace -ErrorAction Stop } | Should -Throw '*workload or pod*'
    }
}

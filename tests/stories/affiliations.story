# What an affiliation names: in any spelling, with what is not known said as such.
file houses.csv = id,name\nZ1,Institut Zéphyrin de Démoville\nZ2,Hôpital Frontignan de Sérignanville\n
run import organisations houses.csv --as story-houses
exit 0
says new 2
run affiliation "Service de génétique, INSTITUT ZEPHYRIN DE DEMOVILLE, 75005 Démoville, France. camille@exemple.fr"
exit 0
says Institut Zéphyrin de Démoville
run affiliation "Institut Zéphyrin de Démoville; Hopital Frontignan de Serignanville" --json
exit 0
says Hôpital Frontignan de Sérignanville
says "principal"
run affiliation "?? ;;; ((("
exit 6
says No organisation was recognised.
run affiliation "?? ;;; (((" --lang fr
exit 6
says Aucune organisation reconnue.
